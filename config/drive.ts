import env from '#start/env'
import { defineConfig, services } from '@adonisjs/drive'
import { dataPath } from '#config/data_dir'

const bucket = env.get('S3_BUCKET')
const endpoint = env.get('S3_ENDPOINT')
const accessKeyId = env.get('S3_ACCESS_KEY_ID')?.release()
const secretAccessKey = env.get('S3_SECRET_ACCESS_KEY')?.release()

/** The client library is large: it is loaded only where a bucket is configured. */
const s3 = () =>
  services.s3({
    bucket: bucket!,
    region: env.get('S3_REGION', 'us-east-1'),
    visibility: 'private',
    supportsACL: false,
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    ...(endpoint && { endpoint, forcePathStyle: true }),
    ...(accessKeyId && secretAccessKey && { credentials: { accessKeyId, secretAccessKey } }),
  })

/** Uploads are private: controllers serve them after they have authorised the reader. */
const driveConfig = defineConfig({
  default: bucket ? 's3' : 'fs',
  services: {
    fs: services.fs({ location: dataPath('uploads'), serveFiles: false, visibility: 'private' }),
    ...(bucket && { s3: s3() }),
  } as { fs: ReturnType<typeof services.fs>; s3: ReturnType<typeof services.s3> },
})

export default driveConfig

declare module '@adonisjs/drive/types' {
  export interface DriveDisks extends InferDriveDisks<typeof driveConfig> {}
}
