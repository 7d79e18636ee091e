import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'

const FILE = 'anvil.pid'
const POLL_MS = 20

export function remember(folder: string, pid: number): void {
  writeFileSync(join(folder, FILE), String(pid))
}

/** Ends the node of a sandbox that was killed and could not do it: it holds what its file lacks, and writes it down. */
export async function endRemaining(folder: string): Promise<void> {
  const file = join(folder, FILE)
  if (!existsSync(file)) return
  const pid = Number(readFileSync(file, 'utf8'))
  if (isAnvil(pid)) {
    process.kill(pid, 'SIGINT')
    while (isAnvil(pid)) await pause(POLL_MS)
  }
  rmSync(file)
}

/** Numbers of processes are used again: this one must be what it was. */
function isAnvil(pid: number): boolean {
  try {
    const command = execFileSync('ps', ['-p', String(pid), '-o', 'stat=,comm='], { encoding: 'utf8' }).trim()
    return command.endsWith('anvil') && !command.startsWith('Z')
  } catch {
    return false
  }
}
