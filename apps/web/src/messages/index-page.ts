/** The front page. */
export const indexPage = {
  index: {
    connectedTo: (org: string) => `You're connected to ${org}`,
    lead: 'Your Polar sales, customers and subscriptions in one place.',
    continueTo: (page: string) => `Connect to continue to ${page}.`,
    leftPolar: 'You left Polar before finishing. Nothing changed.',
    ended: 'For your safety, a connection ends after 30 days. Connect again to continue.',
    lost: 'You were logged out, or cookies were cleared. Connect again to continue.',
    question: 'What do you want to connect?',
    organization: 'One organization',
    organizationHint: 'You pick it on the next page.',
    user: 'All my organizations',
    userHint: 'Everything your Polar login can see.',
    sees: 'It will be able to see',
    changes: 'It will be able to change',
    confirmAtPolar: "You'll confirm on polar.sh.",
    confirmAtSandbox: "You'll confirm on sandbox.polar.sh.",
    confirmAtEmulator: "You'll confirm in the Polar emulator. No account needed.",
    open: 'Open dashboard',
    another: 'Connect a different organization',
    devHint: 'Is the dev command still running?',
  },
}
