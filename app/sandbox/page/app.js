import { api, attempt } from './api.js'
import { ChatList } from './chat_list.js'
import { Conversation } from './conversation.js'
import { byId } from './dom.js'
import { Drawer } from './drawer.js'
import { LiveConnection } from './live.js'
import { startTheme } from './theme.js'

startTheme(byId('theme-button'))

const info = await attempt(() => api.get(''))
if (info) start(info)

function start({ bot, description }) {
  document.title = `Sandbox · ${bot.first_name}`
  const list = new ChatList()
  const conversation = new Conversation({ ...bot, description })
  const drawer = new Drawer(conversation)

  const ifShown = (handle) => (event) => event.chatId === conversation.id && handle(event)
  const reload = () => {
    list.load()
    conversation.open(conversation.id)
    drawer.load()
  }
  const live = new LiveConnection({
    message: ifShown((event) => conversation.onMessage(event)),
    edit: ifShown((event) => conversation.onEdit(event)),
    delete: ifShown((event) => conversation.onDelete(event)),
    answer: ifShown((event) => conversation.onAnswer(event)),
    action: ifShown((event) => conversation.onAction(event)),
    pin: ifShown(() => conversation.refresh()),
    chat: ifShown(() => conversation.refresh()),
    commands: () => conversation.refresh(),
    chats: ({ chats }) => list.update(chats),
    refresh: () => list.load(),
    faults: () => drawer.load(),
    reset: reload,
  })

  const route = () => {
    const id = Number(location.hash.slice(1)) || undefined
    byId('app').classList.toggle('chat-open', Boolean(id))
    list.select(id)
    live.watch(id)
    conversation.open(id)
  }
  addEventListener('hashchange', route)
  route()
  list.load()
  drawer.load()
}
