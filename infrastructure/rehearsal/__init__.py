"""The rehearsal: the built package, deployed to a simulator of AWS on this machine, and used as people would.

    walk ──▶ simulator (CloudFormation, API Gateway, DynamoDB and its stream, S3, SES, SNS, SQS, SSM, …)
                 │ each event                       ▲ each call of AWS
                 ▼                                  │
             functions: the deployed zips, one bare Python 3.13 each

The project's own deployment makes the stack. The simulator decides what wakes which function, by the event
sources of the template; it forwards the event, and the function runs on this machine from the zips that the
simulator holds, with the environment and the role that the stack gave it. Nothing listens on another address
than 127.0.0.1, and nothing is asked of AWS: there are no credentials, and the one endpoint is the
simulator's.
"""
