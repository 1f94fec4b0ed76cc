"""What the account may cost in a day before an operator is told, and who may publish alarms.

A budget and no alarm: CloudWatch knows the cost of an account in us-east-1 alone. It is free of charge.
"""

from infrastructure.template.intrinsics import Json, ref, resource, sub


def daily_cost() -> Json:
    """The budget, and the policy of the alarm topic, all by logical name."""
    notification = {
        "NotificationType": "ACTUAL",
        "ComparisonOperator": "GREATER_THAN",
        "Threshold": 100,
        "ThresholdType": "PERCENTAGE",
    }
    budget = resource(
        "Budgets::Budget",
        Budget={
            "BudgetName": sub("${AWS::StackName}-daily"),
            "BudgetType": "COST",
            "TimeUnit": "DAILY",
            "BudgetLimit": {"Amount": ref("DailyCostLimit"), "Unit": "USD"},
        },
        NotificationsWithSubscribers=[
            {
                "Notification": notification,
                "Subscribers": [{"SubscriptionType": "SNS", "Address": ref("AlarmTopic")}],
            }
        ],
    )
    # Budgets asks at once whether it may publish, so the policy stands first.
    return {
        "DailyCost": {"Condition": "WatchesCost", "DependsOn": ["AlarmTopicPolicy"]} | budget,
        "AlarmTopicPolicy": _publishers(),
    }


def _publishers() -> Json:
    """Alarms and budgets of this account. A policy takes the place of that which lets the account publish, so
    it names alarms too."""
    sources = {
        "cloudwatch": "arn:${AWS::Partition}:cloudwatch:${AWS::Region}:${AWS::AccountId}:alarm:*",
        "budgets": "arn:${AWS::Partition}:budgets::${AWS::AccountId}:*",
    }
    statements = [
        {
            "Effect": "Allow",
            "Principal": {"Service": f"{service}.amazonaws.com"},
            "Action": "sns:Publish",
            "Resource": ref("AlarmTopic"),
            "Condition": {
                "StringEquals": {"aws:SourceAccount": ref("AWS::AccountId")},
                "ArnLike": {"aws:SourceArn": sub(source)},
            },
        }
        for service, source in sources.items()
    ]
    return resource(
        "SNS::TopicPolicy",
        Topics=[ref("AlarmTopic")],
        PolicyDocument={"Version": "2012-10-17", "Statement": statements},
    )
