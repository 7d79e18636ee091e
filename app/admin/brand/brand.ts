import app from '@adonisjs/core/services/app'
import { Settings } from '#core/contracts/settings'
import { brandColour, brandLogo, brandName, DEFAULT_COLOUR, DEFAULT_NAME } from '#admin/brand/settings'

export interface Brand {
  name: string
  /** Address of an image, or null for the product's own mark. */
  logo: string | null
  /** Address of a stylesheet with the colour's shades, or null for the built-in one. */
  stylesheet: string | null
}

const OWN: Brand = { name: DEFAULT_NAME, logo: null, stylesheet: null }

/** Every page wears it, the one that tells that the database is down too: then it is the product's own. */
export async function readBrand(): Promise<Brand> {
  try {
    const settings = await app.container.make(Settings)
    const [name, logo, colour] = await Promise.all([
      settings.get(brandName),
      settings.get(brandLogo),
      settings.get(brandColour),
    ])
    return {
      name,
      logo: logo ? `/admin/brand/logo/${logo.split('/').at(-1)}` : null,
      stylesheet: colour === DEFAULT_COLOUR ? null : `/admin/brand/colour/${colour.slice(1)}`,
    }
  } catch {
    return OWN
  }
}
