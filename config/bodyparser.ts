import { defineConfig } from '@adonisjs/core/bodyparser'

/** The largest file that is taken, and room for the form around it. */
export const UPLOAD_LIMIT_BYTES = 21 * 1024 * 1024

export default defineConfig({
  allowedMethods: ['POST', 'PUT', 'PATCH', 'DELETE'],
  form: {
    convertEmptyStringsToNull: true,
    trimWhitespaces: true,
    types: ['application/x-www-form-urlencoded'],
  },
  json: { convertEmptyStringsToNull: true, trimWhitespaces: true, types: ['application/json'] },
  multipart: {
    autoProcess: true,
    convertEmptyStringsToNull: true,
    trimWhitespaces: true,
    processManually: [],
    limit: UPLOAD_LIMIT_BYTES,
    types: ['multipart/form-data'],
  },
})
