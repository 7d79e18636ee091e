import type { UploadedFile } from '#sandbox/api/params'
import { block, unblock } from '#sandbox/people/blocking'
import { pay, type PaymentOutcome } from '#sandbox/people/paying'
import { press, pressForged, type PressOptions } from '#sandbox/people/pressing'
import * as waiting from '#sandbox/people/waiting'
import { say, sayDocument, sayPhoto, start, type WriteOptions } from '#sandbox/people/writing'
import type { CallbackAnswer, PressedButton } from '#sandbox/state/callbacks'
import type { CustomerRange, NewCustomer } from '#sandbox/state/customers'
import type { Group, NewGroup } from '#sandbox/state/groups'
import type { Customer, Message } from '#sandbox/state/types'
import type { World } from '#sandbox/world'

/** A customer or a chat, by object or by id. */
export type Who = number | { id: number }

/** What people do in the sandbox, as methods for tests. */
export class SandboxPeople {
  constructor(readonly world: World) {}

  /** Adds a customer, who has pressed START before unless told otherwise. */
  customer(fields: NewCustomer = {}): Customer {
    return this.world.customers.save(fields)
  }

  /** A whole range of customers who need no memory. */
  customers(range: CustomerRange): void {
    this.world.customers.addRange(range)
  }

  group(fields: NewGroup): Group {
    return this.world.groups.save(fields)
  }

  say(who: Who, text: string, options?: WriteOptions): Message {
    return say(this.world, idOf(who), text, options)
  }

  start(who: Who, payload?: string): Message {
    return start(this.world, idOf(who), payload)
  }

  sayPhoto(who: Who, file: UploadedFile, caption?: string, options?: WriteOptions): Message {
    return sayPhoto(this.world, idOf(who), file, caption, options)
  }

  sayDocument(who: Who, file: UploadedFile, caption?: string, options?: WriteOptions): Message {
    return sayDocument(this.world, idOf(who), file, caption, options)
  }

  /** Presses a button by its label (whole or a part of it), its callback data or its number from 0. */
  press(who: Who, message: number | Message, button: string | number, options?: PressOptions): PressedButton {
    return press(this.world, idOf(who), messageIdOf(message), button, options)
  }

  /** Presses a button that is not there. */
  pressForged(who: Who, message: number | Message, data: string): PressedButton {
    return pressForged(this.world, idOf(who), messageIdOf(message), data)
  }

  pay(who: Who, invoice: number | string): Promise<PaymentOutcome> {
    return pay(this.world, idOf(who), invoice)
  }

  /** Stars a customer holds. */
  stars(who: Who): number {
    return this.world.customers.get(idOf(who)).stars
  }

  block(who: Who): void {
    block(this.world, idOf(who))
  }

  unblock(who: Who): void {
    unblock(this.world, idOf(who))
  }

  /** Messages of a chat, oldest first. */
  messages(chat: Who, after?: number): Message[] {
    return this.world.messages.list(idOf(chat), after)
  }

  /** Messages of the bot in a chat, oldest first. */
  answers(chat: Who): Message[] {
    return this.messages(chat).filter(({ from }) => from?.id === this.world.bot.user.id)
  }

  waitForMessage(chat: Who, filter?: waiting.MessageFilter): Promise<Message> {
    return waiting.waitForMessage(this.world, idOf(chat), filter)
  }

  waitForEdit(chat: Who, message: number | Message, filter?: waiting.MessageFilter): Promise<Message> {
    return waiting.waitForEdit(this.world, idOf(chat), messageIdOf(message), filter)
  }

  waitForDelete(chat: Who, message: number | Message, timeoutMs?: number): Promise<void> {
    return waiting.waitForDelete(this.world, idOf(chat), messageIdOf(message), timeoutMs)
  }

  waitForAnswer(query: string | PressedButton, timeoutMs?: number): Promise<CallbackAnswer> {
    return waiting.waitForAnswer(this.world, typeof query === 'string' ? query : query.id, timeoutMs)
  }

  /** Queues any update, whatever it says. Answers its id. */
  inject(type: string, payload: unknown, chat: Who = 0): number | undefined {
    return this.world.updates.push(type, payload, idOf(chat))
  }

  reset(): void {
    this.world.reset()
  }
}

function idOf(who: Who): number {
  return typeof who === 'number' ? who : who.id
}

function messageIdOf(message: number | Message): number {
  return typeof message === 'number' ? message : message.message_id
}
