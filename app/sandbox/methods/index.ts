import type { Method } from '#sandbox/api/method'
import { answerCallbackQuery } from '#sandbox/methods/answer_callback_query'
import * as chat from '#sandbox/methods/chat'
import { copyMessage, forwardMessage } from '#sandbox/methods/copy_message'
import { deleteMessage, deleteMessages } from '#sandbox/methods/delete_message'
import * as editing from '#sandbox/methods/edit_message'
import * as topics from '#sandbox/methods/forum_topic'
import { getFile } from '#sandbox/methods/get_file'
import { close, getMe, logOut } from '#sandbox/methods/get_me'
import { getChatMenuButton, setChatMenuButton } from '#sandbox/methods/menu_button'
import { deleteMyCommands, getMyCommands, setMyCommands } from '#sandbox/methods/my_commands'
import * as profile from '#sandbox/methods/my_profile'
import * as pins from '#sandbox/methods/pin_chat_message'
import { sendChatAction } from '#sandbox/methods/send_chat_action'
import { sendDocument } from '#sandbox/methods/send_document'
import { sendMessage } from '#sandbox/methods/send_message'
import { sendPhoto } from '#sandbox/methods/send_photo'
import * as stars from '#sandbox/methods/star_payments'
import { getUpdates } from '#sandbox/methods/updates'
import { deleteWebhook, getWebhookInfo, setWebhook } from '#sandbox/methods/webhook'

/** Every method the sandbox answers. A new one is a file beside this and a name here. */
const METHODS: Record<string, Method> = {
  getMe,
  logOut,
  close,
  getUpdates,
  setWebhook,
  deleteWebhook,
  getWebhookInfo,
  sendMessage,
  sendPhoto,
  sendDocument,
  ...editing,
  deleteMessage,
  deleteMessages,
  copyMessage,
  forwardMessage,
  answerCallbackQuery,
  setMyCommands,
  getMyCommands,
  deleteMyCommands,
  ...profile,
  setChatMenuButton,
  getChatMenuButton,
  ...chat,
  getFile,
  sendChatAction,
  ...pins,
  ...topics,
  ...stars,
}

export interface RegisteredMethod {
  /** as in Telegram's documentation, whatever case it was called in */
  name: string
  run: Method
}

const BY_LOWER_NAME = new Map(
  Object.entries(METHODS).map(([name, run]): [string, RegisteredMethod] => [name.toLowerCase(), { name, run }])
)

/** Telegram takes method names in any case. */
export function findMethod(name: string): RegisteredMethod | undefined {
  return BY_LOWER_NAME.get(name.toLowerCase())
}

export const METHOD_NAMES = Object.keys(METHODS)
