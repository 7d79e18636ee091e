import env from '#start/env'
import app from '@adonisjs/core/services/app'
import { defineConfig, destination, stdSerializers, targets } from '@adonisjs/core/logger'
import { missingLogContext } from '#core/log_context'
import { redact } from '#core/redaction'

const readable = app.inDev && process.stdout.isTTY === true

const SECRET_FIELDS = [
  'password',
  'passwordConfirmation',
  'token',
  'secret',
  'apiKey',
  'key',
  'cookie',
  'cookies',
  'authorization',
  'headers.authorization',
  'headers.cookie',
  'headers["set-cookie"]',
  'headers["x-telegram-bot-api-secret-token"]',
]

/**
 * JSON lines on standard output (rotation is the process manager's). Fields that hold secrets by their name are
 * censored, and every finished line passes the redaction of what is secret by value or shape.
 */
const loggerConfig = defineConfig({
  default: 'app',
  loggers: {
    app: {
      enabled: true,
      name: env.get('APP_NAME', 'kontora'),
      level: env.get('LOG_LEVEL', 'info'),
      timestamp: 'iso',
      mixin: (_line, _level, logger) => missingLogContext(logger),
      serializers: { err: stdSerializers.errWithCause },
      redact: { paths: SECRET_FIELDS.flatMap((field) => [field, `*.${field}`]), censor: '[redacted]' },
      hooks: { streamWrite: redact },
      ...(readable
        ? { transport: { targets: targets().push(targets.pretty()).toArray() } }
        : { destination: destination(1) }),
    },
  },
})

export default loggerConfig

declare module '@adonisjs/core/types' {
  export interface LoggersList extends InferLoggers<typeof loggerConfig> {}
}
