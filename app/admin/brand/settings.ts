import { defineSetting } from '#core/contracts/settings'

const group = 'brand'

export const DEFAULT_NAME = 'Kontora'
export const DEFAULT_COLOUR = '#0f766e'

/** What the panel calls itself: in the sidebar, in titles, on the login page. */
export const brandName = defineSetting({
  key: 'brand.name',
  default: DEFAULT_NAME,
  group,
  kind: 'text',
  maxLength: 40,
  check: (name) => (name.trim() === '' ? 'must not be empty' : null),
})

/** Shown beside the name; without one the product's own mark in the brand's colour. */
export const brandLogo = defineSetting({ key: 'brand.logo', default: '', group, kind: 'image' })

/** Of buttons, links and what is chosen; shades that people can read are made from it (`#admin/brand/palette`). */
export const brandColour = defineSetting({ key: 'brand.colour', default: DEFAULT_COLOUR, group, kind: 'colour' })

export const brandSettings = [brandName, brandLogo, brandColour]
