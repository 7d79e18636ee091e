import drive from '@adonisjs/drive/services/main'

/** Stores and reads a file where uploads go. */
export default async function (key: string, content: string) {
  await drive.use().put(key, content)
  return drive.use().get(key)
}
