import type { Params } from '#sandbox/api/params'
import { messageCaption } from '#sandbox/api/text'
import type { Message } from '#sandbox/state/types'
import type { World } from '#sandbox/world'

/** Fields of a message that come with a caption; none when it is empty. */
export function captionFields(world: World, params: Params): Partial<Message> {
  const { text, entities } = messageCaption(world, params)
  return {
    ...(text && { caption: text }),
    ...(entities.length > 0 && { caption_entities: entities }),
    ...(params.flag('show_caption_above_media') && { show_caption_above_media: true }),
  }
}

export const CAPTION_FIELDS = ['caption', 'caption_entities', 'show_caption_above_media'] as const
