import fc from 'fast-check'
import { test } from '@japa/runner'
import { contrast, parseHex, toHex } from '#admin/brand/colour'
import { paletteOf, stylesheetOf } from '#admin/brand/palette'

const AA = 4.5
const SURFACES = { light: ['#ffffff', '#f7f8f9'], dark: ['#16181a', '#1b1e20', '#212427'] }
const anyColour = fc.integer({ min: 0, max: 0xffffff }).map((value) => `#${value.toString(16).padStart(6, '0')}`)

const ratio = (one: string, other: string) => contrast(parseHex(one), parseHex(other))

test.group('Shades of the brand', () => {
  test('contrast is that of WCAG', ({ assert }) => {
    assert.equal(ratio('#000000', '#ffffff'), 21)
    assert.equal(ratio('#777777', '#777777'), 1)
    assert.approximately(ratio('#767676', '#ffffff'), 4.54, 0.01)
  })

  test('whatever colour is chosen, text in it and on it passes WCAG AA in both themes', ({ assert }) => {
    fc.assert(
      fc.property(anyColour, (colour) => {
        for (const [theme, shades] of Object.entries(paletteOf(colour))) {
          const surfaces = SURFACES[theme as keyof typeof SURFACES]
          const pairs = [
            [shades['--tblr-primary-fg'], shades['--tblr-primary']],
            [shades['--tblr-primary-fg'], shades['--tblr-primary-darken']],
            [shades['--tone-primary-fg'], shades['--tone-primary-bg']],
            [shades['--panel-active-fg'], shades['--panel-active-bg']],
            ...surfaces.map((surface) => [shades['--tblr-link-color'], surface]),
          ]
          for (const [text, ground] of pairs)
            assert.isAtLeast(ratio(text, ground), AA, `${theme}: ${text} on ${ground}`)
        }
      }),
      { numRuns: 300 }
    )
  })

  test('a colour that can be read stays as it was chosen', ({ assert }) => {
    assert.equal(paletteOf('#1d4ed8').light['--tblr-primary'], '#1d4ed8')
    assert.equal(toHex(parseHex('#0f766e')), '#0f766e')
  })

  test('the stylesheet covers the light, the dark and the automatic theme', ({ assert }) => {
    const css = stylesheetOf('#7c3aed')
    assert.include(css, ':root {')
    assert.include(css, "[data-bs-theme='dark'] {")
    assert.match(css, /prefers-color-scheme: dark\) \{\n\[data-bs-theme='auto'\]/)
    assert.equal((css.match(/--tblr-primary:/g) ?? []).length, 3)
  })
})
