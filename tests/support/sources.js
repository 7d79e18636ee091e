/*
 * Runs a process from the TypeScript sources as `@poppinss/ts-exec` does, for tests that start many: a file is compiled
 * once for all of them and kept in SOURCES_CACHE, no second thread is asked for each import, and our own files are
 * found without Node failing at the `.js` of their names first. They get it by NODE_OPTIONS
 * (`tests/support/processes.ts`); the product, the suite itself and the first start of the demo run as ever.
 */
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { createRequire, registerHooks } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const LOADER = '@poppinss/ts-exec'
const folder = process.env.SOURCES_CACHE
const { resolve } = createRequire(import.meta.url)
const require = createRequire(resolve(LOADER))

const known = new Map()

process.setSourceMapsEnabled(true)

/** What that loader makes of our `tsconfig.json`. */
const OPTIONS = {
  sourceMaps: 'inline',
  module: { type: 'es6' },
  jsc: {
    target: 'esnext',
    externalHelpers: false,
    parser: { syntax: 'typescript', decorators: true, dynamicImport: true },
    transform: { decoratorMetadata: true, legacyDecorator: true },
    experimental: { keepImportAttributes: true },
    keepClassNames: true,
  },
}

/** The folders of `#name/*` as package.json has them, the longest name first: `#*` is every other. */
const FOLDERS = Object.entries(require(fileURLToPath(new URL('../../package.json', import.meta.url))).imports)
  .map(([name, path]) => ({ name: name.slice(0, -1), folder: new URL(`../../${path.slice(2, -4)}`, import.meta.url) }))
  .sort((a, b) => b.name.length - a.name.length)

registerHooks({
  resolve(specifier, context, next) {
    if (specifier === LOADER) return { url: 'data:text/javascript,', format: 'module', shortCircuit: true }
    const url = sourceOf(specifier, context.parentURL)
    if (url && exists(url)) return { url, format: 'module', shortCircuit: true }
    try {
      return next(specifier, context)
    } catch (error) {
      const source = error.code === 'ERR_MODULE_NOT_FOUND' && error.url?.replace(/\.js(?=$|\?)/, '.ts')
      if (!source || source === error.url) throw error
      return next(source, context)
    }
  },
  load(url, context, next) {
    const file = url.split('?')[0]
    if (!file.startsWith('file:') || !file.endsWith('.ts') || file.includes('/node_modules/')) return next(url, context)
    return { format: 'module', source: compiled(fileURLToPath(file)), shortCircuit: true }
  },
})

/** The TypeScript file which one of ours means by that, if there is one. */
function sourceOf(specifier, parent) {
  if (!parent?.endsWith('.ts')) return
  if (/^\.\.?\/.*\.js$/.test(specifier)) return new URL(specifier.replace(/js$/, 'ts'), parent).href
  if (!specifier.startsWith('#')) return
  const { name, folder } = FOLDERS.find((each) => specifier.startsWith(each.name))
  return new URL(`${specifier.slice(name.length)}.ts`, folder).href
}

function exists(url) {
  if (!known.has(url)) known.set(url, existsSync(fileURLToPath(url)))
  return known.get(url)
}

function compiled(file) {
  const source = readFileSync(file, 'utf8')
  const kept = join(folder, `${createHash('sha1').update(file).update(source).digest('hex')}.js`)
  if (existsSync(kept)) return readFileSync(kept, 'utf8')
  const { code } = require('@swc/core').transformSync(source, { ...OPTIONS, filename: file })
  const unfinished = `${kept}.${process.pid}`
  writeFileSync(unfinished, code)
  renameSync(unfinished, kept)
  return code
}
