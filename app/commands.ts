import { FsLoader } from '@adonisjs/core/ace'

const loader = new FsLoader(import.meta.dirname, (file) => /[\\/]commands[\\/]/.test(`/${file}`))

export const getMetaData = () => loader.getMetaData()
export const getCommand = (metaData: Parameters<typeof loader.getCommand>[0]) => loader.getCommand(metaData)
