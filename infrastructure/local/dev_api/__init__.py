"""The `/_local` routes: what only a local run can do. Nothing that is deployed imports this."""
