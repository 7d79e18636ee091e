/** True for an IANA zone that this runtime knows, such as `Europe/Kyiv`. */
export function isTimeZone(name: string) {
  if (!/^[A-Za-z][\w+/-]{1,59}$/.test(name)) return false
  try {
    new Intl.DateTimeFormat('en', { timeZone: name })
    return true
  } catch {
    return false
  }
}
