import { rm } from 'node:fs/promises'
import type { HttpContext } from '@adonisjs/core/http'
import type { NextFn } from '@adonisjs/core/types/http'

/** Uploads are parsed into temporary files, which nobody else removes: whatever became of the request, they go. */
export default class DiscardUploadsMiddleware {
  async handle({ request }: HttpContext, next: NextFn) {
    try {
      await next()
    } finally {
      await Promise.all(temporaryFiles(request.__raw_files ?? {}).map((path) => rm(path, { force: true })))
    }
  }
}

/** Fields may be nested: `images[en][A]`. */
function temporaryFiles(files: object): string[] {
  return Object.values(files).flatMap((file) => {
    if (!file || typeof file !== 'object') return []
    return 'tmpPath' in file ? ((file.tmpPath as string | undefined) ?? []) : temporaryFiles(file)
  })
}
