import { readFileSync } from 'node:fs'
import app from '@adonisjs/core/services/app'

const { version } = JSON.parse(readFileSync(app.makePath('package.json'), 'utf8')) as { version: string }

export const VERSION = version
