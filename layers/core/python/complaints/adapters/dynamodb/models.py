"""The models of the one table. Only this module makes its keys.

item      pk                    sk
head      case#<reference>      head
entry     case#<reference>      entry#000007
letter    case#<reference>      letter#000007.1
task      case#<reference>      task#1: a task that a list shows
wait      case#<reference>      wait: when automation rules are looked at that wait
private   private#<reference>   entry#000007, letter#000007.1
          identity#<reference>  the same of what says who complains in a sealed case
digest    case#digest-<hash>    letter#2026-02-03: one reader's of one day, a letter like any other
invited   case#invitation-<id>  letter#000001.1: the letters of an invitation
line      case#digest-<hash>    line#2026-02-03#<reference>#000007.1
found by  private#<reference>   search: the hashed terms that a case is found by
search    search#<site>#<hash>  <received at>#<reference>
tally     tally#<site>          day#2026-02-03#<measure>, sum#2026-02#<measure>, month#2026-02,
                                by#<grouping>#2026-02#<group>: numbers, each under its name
counted   counted#<reference>   counted: up to which entry a case is counted
access    access#<reference>    2026-11-28T20#case#<member>: who read what in which hour
          access#site#<site>    2026-11-28T20#search#<member>
guard     guard#<hash>          guard
lost link lost_link#<hash>      lost_link: that links are asked for by a mail address alone
session   session#<id>          session
views     views#<member>        views: the saved filters of a member
bulk      private#bulk#<id>     bulk: a command on many cases, and how far it is
setting   sites                 site#<key>, team#<key>, codes#<key>, texts#<key>, packs#<key>,
                            calendar#<key>
          members               member#<id>, invitation#<id>
          packs                 pack#<name>
          wording#<site>        standard_text#<site>.<code>, macro#<site>.<code>
          automations#<site>    automation#<site>.<code>
entry     site#<key> …          entry#000001: the history of a setting, as that of a case
private   private#site#<key> …  entry#000001
noted     noted                 2026-11-28T20#<leaf>: what the next checkpoint seals
sealed    sealed                sealed: the checkpoint that was made last
retention retention#<site>      run#2026-02-03: what retention rules did on a day
record    records#<site>        theme#<site>.<code> …: a record of the management system
entry     record#<kind>#<id>    entry#000001: the history of a record
"""

from pynamodb.attributes import (
    BinaryAttribute,
    BooleanAttribute,
    DiscriminatorAttribute,
    NumberAttribute,
    UnicodeAttribute,
    UnicodeSetAttribute,
)
from pynamodb.indexes import GlobalSecondaryIndex, IncludeProjection
from pynamodb.models import Model

DUE_SHARDS = 4


QUEUE_FIELDS = ["item", "card", "row", "assignee", "level", "category", "site"]


class QueueIndex(GlobalSecondaryIndex["Head"]):
    """`<site>#open|awaiting|responded` or `<site>#closed#YYYY-MM`: who needs care or is in danger
    before all others, then by when it is due. A case that became part of another stands in none.
    """

    class Meta:
        index_name = "queue"
        projection = IncludeProjection(QUEUE_FIELDS)
        billing_mode = "PAY_PER_REQUEST"

    queue_pk = UnicodeAttribute(hash_key=True)
    queue_sk = UnicodeAttribute(range_key=True)
    card = UnicodeAttribute()
    row = UnicodeAttribute()


class OwnerIndex(GlobalSecondaryIndex["Head"]):
    """The open cases of one member of staff, the most urgent first; sparse."""

    class Meta:
        index_name = "owner"
        projection = IncludeProjection(QUEUE_FIELDS)
        billing_mode = "PAY_PER_REQUEST"

    owner_pk = UnicodeAttribute(hash_key=True)
    owner_sk = UnicodeAttribute(range_key=True)
    card = UnicodeAttribute()
    row = UnicodeAttribute()


class TaskIndex(GlobalSecondaryIndex["TaskItem"]):
    """The same index for tasks: the open ones of a member or of a team, by their due dates."""

    class Meta:
        index_name = "owner"
        projection = IncludeProjection(QUEUE_FIELDS)
        billing_mode = "PAY_PER_REQUEST"

    owner_pk = UnicodeAttribute(hash_key=True)
    owner_sk = UnicodeAttribute(range_key=True)


class DueIndex(GlobalSecondaryIndex["Item"]):
    """What has something still to happen, by when; sparse, in `DUE_SHARDS` shards."""

    class Meta:
        index_name = "due"
        projection = IncludeProjection(["item"])
        billing_mode = "PAY_PER_REQUEST"

    due_pk = UnicodeAttribute(hash_key=True)
    due_sk = UnicodeAttribute(range_key=True)


class Item(Model):
    """Anything in the table; reads give the right kind back."""

    class Meta:
        table_name = ""
        billing_mode = "PAY_PER_REQUEST"
        stream_view_type = "NEW_IMAGE"
        # Two tries of four seconds, and as long again to settle an outcome: less than any function's limit.
        connect_timeout_seconds = 1
        read_timeout_seconds = 3
        max_retry_attempts = 1

    pk = UnicodeAttribute(hash_key=True)
    sk = UnicodeAttribute(range_key=True)
    item = DiscriminatorAttribute()
    due_pk = UnicodeAttribute(null=True)
    due_sk = UnicodeAttribute(null=True)
    expires = NumberAttribute(null=True)
    due = DueIndex()


class Head(Item, discriminator="head"):
    """The state of a case, with what the indexes sort it by."""

    number = NumberAttribute()
    state = UnicodeAttribute()
    opening = UnicodeAttribute()
    card = UnicodeAttribute()
    row = UnicodeAttribute()
    site = UnicodeAttribute()
    assignee = UnicodeAttribute(null=True)
    level = NumberAttribute()
    category = UnicodeAttribute(null=True)
    queue_pk = UnicodeAttribute(null=True)
    queue_sk = UnicodeAttribute(null=True)
    owner_pk = UnicodeAttribute(null=True)
    owner_sk = UnicodeAttribute(null=True)
    queue = QueueIndex()
    owner = OwnerIndex()


class EntryItem(Item, discriminator="entry"):
    """An entry of a chain: the bytes that were sealed. Log lines about it say its `correlation`, which is not
    sealed."""

    number = NumberAttribute()
    data = BinaryAttribute(legacy_encoding=False)
    correlation = UnicodeAttribute(null=True)


class PrivateItem(Item, discriminator="private"):
    """`values` is JSON, deflated when long; `is_message` marks what complainants may read again."""

    number = NumberAttribute()
    values = BinaryAttribute(legacy_encoding=False)
    is_message = BooleanAttribute()


class RenderedItem(Item, discriminator="rendered"):
    """A letter as it was rendered, so that a second sending says the same bytes; deflated when long."""

    message = BinaryAttribute(legacy_encoding=False)
    to = UnicodeAttribute()


class MailItem(Item, discriminator="mail"):
    """An inbound mail with its outcome; JSON, deflated when long.

    One that is `settled` was handled by staff, or redacted: it is not stored again as it came. `case` is the
    one whose data key it is encrypted with, if any; `raw` says of such a one where it lies as it came, for
    its removal once the key is gone.
    """

    case = UnicodeAttribute(null=True)
    raw = UnicodeAttribute(null=True)
    mail = BinaryAttribute(legacy_encoding=False)
    settled = BooleanAttribute(null=True)


class LetterItem(Item, discriminator="letter"):
    """`state` is `wanted`, `claimed`, `waiting`, `sent` or `failed`, on paper `to_print` or `posted`;
    `held` as a line of a digest.

    One that is `doubtful` may be sent a second time. `fate` is what the mail service reported of it last,
    `bounces` how often it bounced temporarily, `holds` how often we held it back; one that was `asked` for is
    held back no more. One that is `mailed` was called for on paper, and leaves as a mail. `digest` is the
    hash of what was sent, `recipient` the commitment to whom. Log lines about it say its `correlation`.
    """

    letter = UnicodeAttribute()
    state = UnicodeAttribute()
    attempt = UnicodeAttribute(null=True)
    attempts = NumberAttribute(default=0)
    doubtful = BooleanAttribute(default=False)
    message_id = UnicodeAttribute(null=True)
    fate = UnicodeAttribute(null=True)
    bounces = NumberAttribute(default=0)
    holds = NumberAttribute(null=True)
    asked = BooleanAttribute(null=True)
    mailed = BooleanAttribute(null=True)
    digest = UnicodeAttribute(null=True)
    recipient = UnicodeAttribute(null=True)
    correlation = UnicodeAttribute(null=True)


class RetentionRunItem(Item, discriminator="retention_run"):
    """What the retention rules of a site did on one day, and how far that is; `run` is JSON."""

    revision = NumberAttribute()
    run = UnicodeAttribute()


class WaitItem(Item, discriminator="wait"):
    """Stands in the index `due` at the moment at which a case has waited long enough for a rule."""


class TaskItem(Item, discriminator="task"):
    """A task or a corrective action as lists show it (`row`); a task stands in the index `owner` while it is
    open."""

    row = UnicodeAttribute()
    site = UnicodeAttribute()
    category = UnicodeAttribute(null=True)
    owner_pk = UnicodeAttribute(null=True)
    owner_sk = UnicodeAttribute(null=True)
    tasks = TaskIndex()


class FoundByItem(Item, discriminator="found_by"):
    """What a case is found by, as its entries up to `number` say it.

    `words` are the hashed keys whose items must go when they do; while they are written, it is `unsettled`.
    `parts` are the hashed parts, of equal length and one after the other.
    """

    words = UnicodeSetAttribute(null=True)
    parts = BinaryAttribute(null=True, legacy_encoding=False)
    number = NumberAttribute(null=True)
    unsettled = BooleanAttribute(null=True)


class SearchItem(Item, discriminator="search"):
    """That a key leads to a case."""


class TallyItem(Item, discriminator="tally"):
    """Numbers, each an attribute of its own name; `revision` counts how often they were added to.

    Those that are named here are read with the authentication of a queue's page. `whole` says that every case
    of the site is in them: cases that were there before they were are not, until figures are recounted. Those
    of a week are by the days on which cases are due.
    """

    revision = NumberAttribute(default=0)
    whole = NumberAttribute(null=True)
    open = NumberAttribute(null=True)
    awaiting = NumberAttribute(null=True)
    responded = NumberAttribute(null=True)
    overdue = NumberAttribute(null=True)
    approval = NumberAttribute(null=True)
    unassigned = NumberAttribute(null=True)
    mon = NumberAttribute(null=True)
    tue = NumberAttribute(null=True)
    wed = NumberAttribute(null=True)
    thu = NumberAttribute(null=True)
    fri = NumberAttribute(null=True)
    sat = NumberAttribute(null=True)
    sun = NumberAttribute(null=True)


WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
WHOLE = 2
"""The `whole` of numbers of this shape: those of an earlier one lack some until figures are recounted."""


class CountedItem(Item, discriminator="counted"):
    """The last entry of a case that is in the figures; of what is added in several transactions, up to which
    entry it is (`upto`), and how many of them are written."""

    number = NumberAttribute()
    upto = NumberAttribute(null=True)
    parts = NumberAttribute(null=True)


class LineItem(Item, discriminator="line"):
    """A letter that a digest tells of, and the attempt that holds it."""

    letter = UnicodeAttribute()
    attempt = UnicodeAttribute()


class GuardItem(Item, discriminator="guard"):
    """Something that may happen once: when it did, and the keyed hash of what came with it."""

    at = NumberAttribute()
    body = UnicodeAttribute()


class LostLinkItem(Item, discriminator="lost_link"):
    """That the links of a mail address were asked for, how often in a day, and how many letters that made.
    The `address` is encrypted, and removed once it was looked up."""

    address = BinaryAttribute(null=True, legacy_encoding=False)
    asked = NumberAttribute()
    letters = NumberAttribute(null=True)


class SessionItem(Item, discriminator="session"):
    """A session at the desk, and when it ends, in seconds."""

    member = UnicodeAttribute()
    ends = NumberAttribute()


class PresenceItem(Item, discriminator="presence"):
    """Who looks at a case, each an attribute of its own."""


class AccessOfMemberIndex(GlobalSecondaryIndex["AccessItem"]):
    """The index `owner` for the access log: what one member read, by the hour."""

    class Meta:
        index_name = "owner"
        projection = IncludeProjection(QUEUE_FIELDS)
        billing_mode = "PAY_PER_REQUEST"

    owner_pk = UnicodeAttribute(hash_key=True)
    owner_sk = UnicodeAttribute(range_key=True)


class AccessOfSiteIndex(GlobalSecondaryIndex["AccessItem"]):
    """The index `queue` for the access log: what was read at a site on one day."""

    class Meta:
        index_name = "queue"
        projection = IncludeProjection(QUEUE_FIELDS)
        billing_mode = "PAY_PER_REQUEST"

    queue_pk = UnicodeAttribute(hash_key=True)
    queue_sk = UnicodeAttribute(range_key=True)


class AccessItem(Item, discriminator="access"):
    """An entry of the access log (`row`); it expires. `level` counts how often an export or a search was
    asked for in its hour: of the attributes that the indexes hold, the one for a number."""

    row = UnicodeAttribute()
    level = NumberAttribute()
    owner_pk = UnicodeAttribute()
    owner_sk = UnicodeAttribute()
    queue_pk = UnicodeAttribute()
    queue_sk = UnicodeAttribute()
    of_member = AccessOfMemberIndex()
    of_site = AccessOfSiteIndex()


class WebhookLogItem(Item, discriminator="webhook"):
    """What became of a webhook; `delivery` is JSON."""

    delivery = UnicodeAttribute()


class ViewsItem(Item, discriminator="views"):
    """The saved filters of a member; `views` is JSON."""

    version = NumberAttribute()
    views = UnicodeAttribute()


class BulkItem(Item, discriminator="bulk"):
    """A bulk command and how far it is; `bulk` is JSON."""

    revision = NumberAttribute()
    bulk = UnicodeAttribute()


class RateLimitItem(Item, discriminator="allowance"):
    """How much of a cap is taken."""

    taken = NumberAttribute()


class SettingItem(Item, discriminator="setting"):
    """A setting as it stands; `settings` is its record. One that was never changed has no chain yet."""

    number = NumberAttribute(default=0)
    version = NumberAttribute(default=0)
    seal = UnicodeAttribute(default="")
    settings = UnicodeAttribute()
    unfinished = UnicodeAttribute(null=True)
    reckoned_to = UnicodeAttribute(null=True)


class RecordItem(Item, discriminator="record"):
    """A record of the management system as it stands; `content` is JSON."""

    number = NumberAttribute()
    version = NumberAttribute()
    seal = UnicodeAttribute()
    content = UnicodeAttribute()
    next_due = UnicodeAttribute(null=True)
    reminded = UnicodeAttribute(null=True)


class DataKeyItem(Model):
    """The data key of a case. It stands in a table of its own, whose backups go back a few days only: what is
    erased here is soon gone from everywhere.
    """

    class Meta:
        table_name = ""
        billing_mode = "PAY_PER_REQUEST"

    pk = UnicodeAttribute(hash_key=True)
    key = BinaryAttribute(legacy_encoding=False)


class NoteItem(Item, discriminator="noted"):
    """A leaf of the next checkpoint, in the sort key."""


class SealedItem(Item, discriminator="sealed"):
    """The checkpoint that was made last, or the day of the one that was sent by mail last; `last` is JSON."""

    last = UnicodeAttribute()


class SiteItem(SettingItem, discriminator="site"):
    """A setting of a site."""


class MemberItem(SettingItem, discriminator="member"):
    """A member of staff."""
