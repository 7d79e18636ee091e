import type { Method } from '#sandbox/api/method'

export const getMe: Method = ({ world }) => ({
  ...world.bot.user,
  can_join_groups: true,
  can_read_all_group_messages: false,
  supports_inline_queries: false,
  can_connect_to_business: false,
  has_main_web_app: false,
})

/** The bot leaves the cloud server for a local one: nothing to do here, but clients may ask. */
export const logOut: Method = () => true
export const close: Method = () => true
