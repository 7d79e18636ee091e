import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { chromium } from 'playwright'

const SYSTEM_NAMES = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'chrome']

/** Starts the machine's Chromium, or the one that npm ships: `npm test` needs nothing installed beforehand. */
export function launchChromium() {
  const found = installedChromium()
  const { executablePath, env } = found ? { executablePath: found, env: undefined } : shippedChromium()
  return chromium.launch({ executablePath, env, args: ['--no-sandbox', '--disable-gpu'] })
}

function installedChromium(): string | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter)
  const onPath = SYSTEM_NAMES.flatMap((name) => folders.map((folder) => join(folder, name)))
  return [process.env.CHROMIUM_PATH ?? '', ...onPath, chromium.executablePath()].find(
    (path) => path && existsSync(path)
  )
}

/** The package's own start options are for AWS Lambda and end the browser with its first page; only its files are used. */
function shippedChromium() {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error(
      'No Chromium found. Install one, or run `npx playwright install chromium`, then start the tests again.'
    )
  }
  const folder = unpackedOnce()
  const executablePath = join(folder, 'chromium')
  const env: Record<string, string> = { ...(process.env as Record<string, string>) }
  if (!existsSync('/etc/fonts/fonts.conf')) env.FONTCONFIG_PATH = join(folder, 'fonts')
  if (!starts(executablePath, env)) env.LD_LIBRARY_PATH = join(folder, 'al2023', 'lib')
  return { executablePath, env }
}

/** A bare system lacks libnss3 and its friends; the package brings them. */
function starts(executablePath: string, env: Record<string, string>) {
  return spawnSync(executablePath, ['--version'], { env }).status === 0
}

/** Unpacked beside its final place and renamed, so that test processes started at once never see half of it. */
function unpackedOnce(): string {
  const entry = fileURLToPath(import.meta.resolve('@sparticuz/chromium'))
  const { version } = JSON.parse(readFileSync(join(entry, '../../package.json'), 'utf8'))
  const folder = join(tmpdir(), `kontora-chromium-${version}`)
  if (existsSync(folder)) return folder

  const partial = `${folder}.${process.pid}`
  mkdirSync(partial)
  const script = `
    const { default: chromium, inflate } = await import('@sparticuz/chromium')
    await chromium.executablePath()
    await inflate(${JSON.stringify(join(entry, '../../bin/al2023.tar.br'))})`
  execFileSync(process.execPath, ['--input-type=module', '-e', script], {
    cwd: fileURLToPath(new URL('../../../', import.meta.url)),
    env: { ...process.env, TMPDIR: partial },
  })
  try {
    renameSync(partial, folder)
  } catch (error) {
    if (!existsSync(folder)) throw error
    rmSync(partial, { recursive: true, force: true })
  }
  return folder
}
