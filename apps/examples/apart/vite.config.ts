import { defineConfig } from 'vite'

// What the host of the page has to do: send these two on to the server, as they are.
const server = process.env['SERVER'] ?? 'http://localhost:3001'
const proxy = { '/bff': server, '/api': server }
export default defineConfig({ server: { port: 3000, proxy }, preview: { port: 3000, proxy } })
