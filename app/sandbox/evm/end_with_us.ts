import { spawn, type ChildProcess } from 'node:child_process'
import type { Socket } from 'node:net'
import { platform } from 'node:os'

/** Waits until the pipe from this process is closed, then lets the other end as it likes to. */
const WATCH = 'read -r _; kill -INT "$0"'

/** Ends the child once this process is gone, however that came about: `kill -9` lets it do nothing itself. */
export function endWithUs(child: ChildProcess) {
  if (platform() === 'win32' || child.pid === undefined) return
  const watch = spawn('/bin/sh', ['-c', WATCH, String(child.pid)], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  })
  watch.on('error', (error) => console.error(`Nothing would end ${child.spawnfile} after a crash: ${error.message}`))
  watch.unref()
  ;(watch.stdin as Socket | null)?.unref()
  child.once('exit', () => watch.kill('SIGKILL'))
}
