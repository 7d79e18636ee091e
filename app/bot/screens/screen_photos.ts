import { inject } from '@adonisjs/core'
import drive from '@adonisjs/drive/services/main'
import { InputFile } from 'grammy'
import MediaFile from '#notifications/models/media_file'
import { largestSize } from '#notifications/telegram/largest_size'

/** A photo as a call carries it: by Telegram's own name for it, or the bytes, which the answer gives such a name. */
export interface ScreenPhoto {
  file: MediaFile
  media: string | InputFile
}

/** Stored uploads on screens: each is uploaded once and named by its `file_id` from then on, as the sender does. */
@inject()
export class ScreenPhotos {
  /** Null when there is no such upload any more, or it can't be read: the screen is shown without it then. */
  async find(key: string, botId: number): Promise<ScreenPhoto | null> {
    const file = await MediaFile.findBy('key', key)
    if (!file) return null
    if (file.telegramBotId === botId && file.telegramFileId) return { file, media: file.telegramFileId }
    return this.upload(file)
  }

  /** The bytes, whatever Telegram knew it by before. */
  async upload(file: MediaFile): Promise<ScreenPhoto | null> {
    const disk = drive.use()
    if (!(await disk.exists(file.path))) return null
    const bytes = await disk.getBytes(file.path)
    return { file, media: new InputFile(bytes, file.path.split('/').at(-1)) }
  }

  async remember({ file, media }: ScreenPhoto, answer: unknown, botId: number) {
    const fileId = largestSize(answer)
    if (typeof media === 'string' || !fileId) return
    await file.merge({ telegramFileId: fileId, telegramBotId: botId }).save()
  }
}
