'use client'
import { createConnect } from '@polar-connect/browser'
import { ConnectProvider } from '@polar-connect/react'
import type { ReactNode } from 'react'

export const connect = createConnect()

export const Connect = ({ children }: { children: ReactNode }) => (
  <ConnectProvider app="My app" connect={connect} children={children} />
)
