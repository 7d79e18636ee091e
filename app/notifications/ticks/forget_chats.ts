import { inject } from '@adonisjs/core'
import type { Tick } from '#core/contracts/ticks'
import { ChatNotes } from '#notifications/pace/chat_notes'

/** Removes notes on chats that no longer matter. */
@inject()
export class ForgetChats implements Tick {
  readonly name = 'notifications.forget_chats'
  readonly everyMs = 3_600_000

  constructor(private readonly chats: ChatNotes) {}

  run() {
    return this.chats.forgetOld()
  }
}
