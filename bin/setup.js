/*
 * Makes sure that the locked dependencies are installed. Runs before `npm run demo` and `npm test`, on any
 * Node from 20 and with an empty checkout, so it may use nothing but Node itself.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, lstatSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const root = new URL('../', import.meta.url)
const readPackages = (path) => JSON.parse(readFileSync(new URL(path, root), 'utf8')).packages

/** npm keeps a list of what it installed; packages for other platforms are missing from it. */
function isInstalled() {
  if (!existsSync(new URL('node_modules/.package-lock.json', root))) return false
  if (!existsSync(new URL('node_modules/.bin/node', root))) return false
  const present = readPackages('node_modules/.package-lock.json')
  return Object.entries(readPackages('package-lock.json')).every(
    ([path, { version, optional }]) => path === '' || present[path]?.version === version || (optional && !present[path])
  )
}

/** A linked folder belongs to somebody else: npm would empty it. */
function isLinked() {
  return lstatSync(new URL('node_modules', root), { throwIfNoEntry: false })?.isSymbolicLink() ?? false
}

if (!isInstalled()) {
  if (isLinked()) {
    console.error('node_modules is a link to a folder that lacks locked dependencies: run "npm ci" where it points to.')
    process.exit(1)
  }
  console.log('Installing dependencies (a minute or two, once)...')
  const npm = process.env.npm_execpath
  const args = ['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error']
  const [command, commandArgs] = npm ? [process.execPath, [npm, ...args]] : ['npm', args]
  const result = spawnSync(command, commandArgs, { cwd: fileURLToPath(root), stdio: 'inherit' })
  if (result.status !== 0) {
    console.error(
      'The dependencies could not be installed; npm says why above. Check the network and the disk, then run the same command again.'
    )
    process.exit(result.status ?? 1)
  }
}
