import { defineConfig } from 'vite'
import adonisjs from '@adonisjs/vite/client'
import type { Helpers, Root } from 'postcss'

const DARK = /^\[data-bs-theme=["']?dark["']?\]/

/**
 * The theme "auto" without a script: every rule of the dark theme is repeated for `data-bs-theme=auto` inside
 * `prefers-color-scheme: dark`, so that the first paint is right and nothing has to run before it.
 */
const autoTheme = {
  postcssPlugin: 'auto-theme',
  Once(root: Root, { AtRule }: Helpers) {
    root.walkRules((rule) => {
      const dark = rule.selectors.filter((selector) => DARK.test(selector))
      if (dark.length === 0) return
      const selectors = dark.map((selector) => selector.replace(DARK, '[data-bs-theme=auto]'))
      const media = new AtRule({ name: 'media', params: '(prefers-color-scheme: dark)' })
      media.append(rule.clone({ selectors }))
      rule.after(media)
    })
  },
}

export default defineConfig({
  publicDir: 'resources/static',
  /** Browsers with popovers and `light-dark()`; older ones show the panel in the light theme. */
  build: { cssTarget: ['chrome125', 'firefox129', 'safari17.5'] },
  css: { postcss: { plugins: [autoTheme] } },
  plugins: [
    adonisjs({
      entryPoints: [
        'resources/css/app.css',
        'resources/js/app.ts',
        'resources/css/broadcasts.css',
        'resources/js/broadcasts/edit.ts',
        'resources/js/broadcasts/show.ts',
      ],
      reload: ['resources/views/**/*.edge'],
    }),
  ],
})
