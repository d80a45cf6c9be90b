/** Loaded before the app: its clock can be moved from the process that started it. */
const system = Date.now.bind(Date)
let offsetMs = 0
Date.now = () => system() + offsetMs
process.on('message', (message) => {
  offsetMs = message.offset_ms
  process.send({ offset_ms: offsetMs })
})
// Listening alone must not keep the app alive.
process.channel?.unref()
