"""Time stamps of an authority outside (RFC 3161): what it is asked, who signed its answer, and of which days
there is one."""
