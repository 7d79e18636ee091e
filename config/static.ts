import { defineConfig } from '@adonisjs/static'

/** Built files carry a hash of their content in their names: `app-DUp5qcGB.css`. */
const HASHED = /\/assets\/.+-[\w-]{8}\.\w+$/

export default defineConfig({
  enabled: true,
  etag: true,
  lastModified: true,
  dotFiles: 'ignore',
  cacheControl: false,
  headers: (path) => ({
    'cache-control': HASHED.test(path) ? 'public, max-age=31536000, immutable' : 'public, max-age=0, must-revalidate',
  }),
})
