"""The staff's own identity provider, where the operator has none: a user pool of Cognito.

Whoever is in it was invited: there is no sign-up. A group is called as a role, and Cognito names the groups
of a person in its tokens (`cognito:groups`). The desk is a public client: code flow with PKCE,
and no secret. The pool is of the stack of the data, as members are known by the ids that it gave them: who is
in it, and in which group. How they sign in is of the stack of the code.
"""

from infrastructure.template.intrinsics import KEEP, Json, choose, ref, resource, sub

ROLES = ("agent", "reviewer", "quality", "auditor", "privacy", "custodian", "admin")
"""What groups are called; a guard compares them with the product's own."""
OWNS_POOL, INVITES = "OwnsPool", "InvitesFirstUser"
"""Whoever is invited is told the address of the desk, which a first deployment learns only when the code
stands."""
GROUPS_CLAIM = "cognito:groups"
ARRIVAL = "/desk/signed-in"
"""Where the provider sends people back to; a guard compares it with the page's own address."""
LONGEST_INVITED_DAYS = 7
SCOPES = ["openid", "profile", "email"]
PROVIDER = "https://cognito-idp.${AWS::Region}.${AWS::URLSuffix}/${StaffPool}"
"""The pool as a provider: its attribute `ProviderURL`."""
HOSTED = "https://${UserPoolDomain}.auth.${AWS::Region}.amazoncognito.com/oauth2/"

INVITATION = (
    "<p>Hello,</p><p>you are invited to handle complaints with Answerable. Sign in at"
    " <a href='${address}/desk'>${address}/desk</a> with your mail address, {username}, and this password,"
    " which you change at once:</p><p>{####}</p><p>It is valid for seven days. If you do not expect this"
    " mail, you need not do anything.</p>"
)
"""In English: Cognito has one text for all. `{username}` and `{####}` are its own places."""


def staff_pool(public_url: Json) -> Json:
    """What is kept, by logical name; `public_url` is the address of the installation."""
    first = {
        "FirstUser": KEEP | _first_user(),
        **{f"FirstUserIs{role.title()}": KEEP | _first_user_in(role) for role in ROLES},
    }
    made = {
        "UserPool": KEEP | _pool(public_url),
        **{_group_name(role): KEEP | _group(role) for role in ROLES},
    }
    return {name: {"Condition": OWNS_POOL} | part for name, part in made.items()} | {
        name: {"Condition": INVITES} | part for name, part in first.items()
    }


def staff_sign_in(public_url: Json) -> Json:
    """How people sign in to it, by logical name: of the stack of the code.

    Cognito's newer pages (managed login) ask people again who they are where a session of the desk is over
    (`prompt=login`); its older ones let them in by a cookie of an hour, and the desk then refuses them. The
    newer ones show nothing without a style, and are not of the plan Lite.
    """
    made = {
        "UserPoolDomain": resource(
            "Cognito::UserPoolDomain",
            Domain=sub("${AWS::StackName}-${AWS::AccountId}"),
            UserPoolId=ref("StaffPool"),
            ManagedLoginVersion=2,
        ),
        "UserPoolStyle": resource(
            "Cognito::ManagedLoginBranding",
            UserPoolId=ref("StaffPool"),
            ClientId=ref("UserPoolClient"),
            UseCognitoProvidedValues=True,
        ),
        "UserPoolClient": _client(public_url),
    }
    return {name: {"Condition": OWNS_POOL} | part for name, part in made.items()}


def provider_of_staff() -> dict[str, Json]:
    """What functions are told of the provider: of our own pool where there is one, else what the operator
    says."""
    ours = {
        "ISSUER": ("Issuer", sub(PROVIDER)),
        "AUDIENCE": ("Audience", ref("UserPoolClient")),
        "JWKS_URL": ("JwksUrl", sub(PROVIDER + "/.well-known/jwks.json")),
        "AUTHORIZE_URL": ("AuthorizeUrl", sub(HOSTED + "authorize")),
        "TOKEN_URL": ("TokenUrl", sub(HOSTED + "token")),
        "USERINFO_URL": ("UserinfoUrl", ""),
        "CLIENT": ("Client", ""),
        "ROLES_CLAIM": ("RolesClaim", GROUPS_CLAIM),
    }
    return {
        f"ANSWERABLE_{name}": choose(OWNS_POOL, of_pool, ref(parameter))
        for name, (parameter, of_pool) in ours.items()
    }


def _pool(public_url: Json) -> Json:
    """People are called by their mail addresses, in any case. Nobody but an administrator of the account
    changes an address, as the desk trusts those that the pool has verified."""
    message = {"Fn::Sub": [INVITATION, {"address": public_url}]}
    return resource(
        "Cognito::UserPool",
        UserPoolName=sub("${Installation}-staff"),
        UserPoolTier="ESSENTIALS",
        UsernameAttributes=["email"],
        UsernameConfiguration={"CaseSensitive": False},
        AutoVerifiedAttributes=["email"],
        UserAttributeUpdateSettings={"AttributesRequireVerificationBeforeUpdate": ["email"]},
        AccountRecoverySetting={"RecoveryMechanisms": [{"Name": "verified_email", "Priority": 1}]},
        MfaConfiguration=ref("StaffMfa"),
        EnabledMfas=["SOFTWARE_TOKEN_MFA"],
        DeletionProtection="ACTIVE",
        AdminCreateUserConfig={
            "AllowAdminCreateUserOnly": True,
            "InviteMessageTemplate": {"EmailSubject": "Answerable: your invitation", "EmailMessage": message},
        },
        Policies={
            "PasswordPolicy": {
                "MinimumLength": 12,
                "RequireLowercase": False,
                "RequireNumbers": False,
                "RequireSymbols": False,
                "RequireUppercase": False,
                "TemporaryPasswordValidityDays": LONGEST_INVITED_DAYS,
            }
        },
    )


def _client(public_url: Json) -> Json:
    back = {"Fn::Sub": ["${address}" + ARRIVAL, {"address": public_url}]}
    return resource(
        "Cognito::UserPoolClient",
        ClientName="desk",
        UserPoolId=ref("StaffPool"),
        GenerateSecret=False,
        AllowedOAuthFlowsUserPoolClient=True,
        AllowedOAuthFlows=["code"],
        AllowedOAuthScopes=SCOPES,
        CallbackURLs=[back],
        SupportedIdentityProviders=["COGNITO"],
        ExplicitAuthFlows=["ALLOW_REFRESH_TOKEN_AUTH"],
        PreventUserExistenceErrors="ENABLED",
        EnableTokenRevocation=True,
        ReadAttributes=["email", "email_verified", "name"],
        WriteAttributes=["name"],
    )


def _group_name(role: str) -> str:
    return f"{role.title()}Group"


def _group(role: str) -> Json:
    return resource("Cognito::UserPoolGroup", GroupName=role, UserPoolId=ref("UserPool"))


def _first_user() -> Json:
    """The operator vouches for the address of the first administrator, who then becomes the first member."""
    return resource(
        "Cognito::UserPoolUser",
        UserPoolId=ref("UserPool"),
        Username=ref("FirstAdministrator"),
        DesiredDeliveryMediums=["EMAIL"],
        UserAttributes=[
            {"Name": "email", "Value": ref("FirstAdministrator")},
            {"Name": "email_verified", "Value": "true"},
        ],
    )


def _first_user_in(role: str) -> Json:
    return {"DependsOn": ["FirstUser", _group_name(role)]} | resource(
        "Cognito::UserPoolUserToGroupAttachment",
        GroupName=role,
        Username=ref("FirstAdministrator"),
        UserPoolId=ref("UserPool"),
    )
