import { captionFields, CAPTION_FIELDS } from '#sandbox/api/caption'
import { applyEdit, messageToEdit } from '#sandbox/api/edit'
import { linkPreview } from '#sandbox/api/link_preview'
import { inputDocument, inputPhoto } from '#sandbox/api/media'
import type { Method } from '#sandbox/api/method'
import { isObject, type Params } from '#sandbox/api/params'
import { inlineMarkup } from '#sandbox/api/reply_markup'
import { messageText } from '#sandbox/api/text'
import { badRequest } from '#sandbox/errors'
import type { Message } from '#sandbox/state/types'
import type { World } from '#sandbox/world'

export const editMessageText: Method = ({ world, params }) => {
  const { text, entities } = messageText(world, params)
  const markup = inlineMarkup(params)
  const message = messageToEdit(world, params)
  if (message.text === undefined) throw badRequest('there is no text in the message to edit')
  const content = { text, ...(entities.length > 0 && { entities }), ...linkPreview(params) }
  return applyEdit(world, message, content, markup, ['entities', 'link_preview_options'])
}

export const editMessageCaption: Method = ({ world, params }) => {
  const caption = captionFields(world, params)
  const markup = inlineMarkup(params)
  const message = messageToEdit(world, params)
  if (!message.photo && !message.document) throw badRequest('there is no caption in the message to edit')
  return applyEdit(world, message, caption, markup, CAPTION_FIELDS)
}

export const editMessageMedia: Method = async ({ world, params }) => {
  const markup = inlineMarkup(params)
  const message = messageToEdit(world, params)
  const media = await inputMedia(world, params)
  return applyEdit(world, message, media, markup, [
    ...['text', 'entities', 'link_preview_options', 'photo', 'document', 'has_media_spoiler'],
    ...CAPTION_FIELDS,
  ])
}

export const editMessageReplyMarkup: Method = ({ world, params }) => {
  const markup = inlineMarkup(params)
  return applyEdit(world, messageToEdit(world, params), {}, markup)
}

async function inputMedia(world: World, params: Params): Promise<Partial<Message>> {
  const value = params.json('media', "Can't parse input media JSON object")
  if (value === undefined) throw badRequest('Input media is not specified')
  if (!isObject(value)) throw badRequest("Can't parse InputMedia: expected an Object")
  if (typeof value.media !== 'string' || !value.media) throw badRequest("Can't parse InputMedia: media not found")
  const fields = params.with(value)
  const caption = captionFields(world, fields)
  switch (value.type) {
    case 'photo':
      return {
        photo: await inputPhoto(world, fields, value.media, 'media'),
        ...caption,
        ...(fields.flag('has_spoiler') && { has_media_spoiler: true }),
      }
    case 'document':
      return { document: await inputDocument(world, fields, value.media, 'media'), ...caption }
    default:
      throw badRequest(`Can't parse InputMedia: type "${String(value.type)}" is unsupported`)
  }
}
