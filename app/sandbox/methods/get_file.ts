import { storedFile } from '#sandbox/api/media'
import type { Method } from '#sandbox/api/method'
import { badRequest } from '#sandbox/errors'

const MAX_DOWNLOAD_BYTES = 20 * 1024 * 1024

export const getFile: Method = ({ world, params }) => {
  const fileId = params.text('file_id')
  if (!fileId) throw badRequest('file_id not specified')
  const file = storedFile(world, fileId)
  if (!file) throw badRequest('invalid file_id')
  if (file.data.length > MAX_DOWNLOAD_BYTES) throw badRequest('file is too big')
  return { file_id: fileId, file_unique_id: file.uniqueId, file_size: file.data.length, file_path: file.path }
}
