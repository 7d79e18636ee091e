import { mkdirSync } from 'node:fs'
import env from '#start/env'
import app from '@adonisjs/core/services/app'

/**
 * Absolute folder for the database file, uploads, backups and logs. Never inside `build/`, which each build
 * removes: the compiled application looks beside it.
 */
function defaultDataDir() {
  const root = app.makePath().replace(/[\\/]build[\\/]?$/, '')
  return `${root.replace(/[\\/]$/, '')}/storage`
}

export const dataDir = env.get('DATA_DIR') ?? defaultDataDir()
mkdirSync(dataDir, { recursive: true })

export const dataPath = (...segments: string[]) => [dataDir, ...segments].join('/')
