/*
 * Loaded into every process of the demo: it ends in order when the demo itself is gone, also after `kill -9`, which
 * would leave its ports taken for the next one.
 */
process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'))
process.channel?.unref()
