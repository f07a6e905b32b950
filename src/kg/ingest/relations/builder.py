"""Who builds, owns or signs a project, by the words around it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.ingest.discourse.chain import SIDES, chain_after, chain_before, narrowest, paired
from kg.ingest.names.mention import Mention
from kg.ingest.reading import Reading
from kg.ingest.relation import ORGANIZATIONS, PLACES
from kg.ingest.relations.account import Account
from kg.ingest.relations.belonging import last_company
from kg.ingest.relations.siting import INVESTS

_ROLE = re.compile(
    r"(?:投资(?:方|企业|主体|单位|商|人)|签约(?:双方|方|单位|企业|主体|各方)|合作(?:双方|方|单位|企业|伙伴)|建设(?:单位|主体|方|业主)|承建(?:单位|方|企业)|"
    r"实施(?:单位|主体)|项目(?:业主|单位|法人|公司|投资方)|业主(?:单位)?|引进(?:单位|方)|运营(?:方|单位|主体))(?:分别|均|同样)?[为是系：:，,]?"
)
_BY = re.compile(rf"(?:[在于][^，。；]{{2,24}})?[^，。；]{{0,14}}?(?:{INVESTS})")
_BY_PLACE = re.compile(
    rf"(?:市|县|区)?(?:人民)?(?:政府)?(?:共同|联合|负责|牵头|合作|全额|计划|拟)*(?:{INVESTS})"
)
_BUILDER = re.compile(
    r"(?:承建|建设|投资|实施|运营|施工)(?:该|此|本|这[个条座])?(?:项目|工程|隧道|大桥|电站|公路|高速|铁路|基地|园区)的"
)
_SIGNS = re.compile(r"签[署订下约]|[签]的|合作|共建|共同|联合|携手|达成|牵手|结缘|引进|打造|联姻")
_MADE = re.compile(
    rf"(?:共同|联合|总|合作|计划|拟|将|已|正在?|斥资|独家|一期|首期|再次|又|新|先后|成功|此次|全资)*(?:{INVESTS}|签|合作|共建)[^，。；]{{0,16}}?的?"
)
_COMPANY_SAID = re.compile(r"(?:该|本)?(?:公司|集团|企业)")
_SPEAKS = re.compile(r"说|表示|介绍|认为|告诉|透露|指出|坦言")

Found = Iterator[tuple[Mention, tuple[tuple[int, int], str, float]]]


def sides_of(reading: Reading, account: Account) -> Found:
    """Yield the sides that the words of an account tie to its project, each with where it says so.

    >>> from kg.ingest.reading import read_page
    >>> from kg.ingest.relations.account import read_accounts
    >>> reading = read_page("橘汁深加工项目由海东果业有限公司投资建设。")
    >>> [side.text for side, _ in sides_of(reading, read_accounts(reading)[0])]
    ['海东果业有限公司']
    """
    text, project = reading.page.text, account.project
    yield from _paired(reading, account)
    for role in _ROLE.finditer(text, account.start, account.end):
        for side in chain_after(reading, role.end(), account.end, *SIDES):
            yield side, ((role.start(), side.end), "role", 0.85)
    for by in re.finditer("由", text[account.start : account.end]):
        at = account.start + by.end()
        if _OTHER_ONE[account.index].search(text, account.start, at - 1) if account.beside else False:
            continue
        named = chain_after(reading, at, account.end, *SIDES)
        by_place = named and named[-1].type in PLACES  # a place that goes on is the start of a name
        rule = _BY_PLACE if by_place else _BY
        does = rule.match(text, named[-1].end, account.end) if named else None
        for side in named if does else ():
            yield side, ((at - 1, does.end() if does else side.end), "investor", 0.85)
        if not named and (said := _COMPANY_SAID.match(text, at)) and _BY.match(text, said.end()):
            yield from _last_company(reading, at, (at - 1, said.end()))
    yield from _acting(reading, account)
    for done in _DONE_BY.finditer(text, account.start, account.end):
        for side in chain_after(reading, done.end(), account.end, "kg:Company"):
            if _DID.match(text, side.end):
                yield side, ((done.start(), side.end), "investor", 0.75)
    for does in _BUILDER.finditer(text, account.end - 1 if account.item else account.start, account.end + 40):
        for side in chain_after(reading, does.end(), does.end() + 40, "kg:Company"):
            yield side, ((does.start(), side.end), "builder", 0.75)
    if account.item and account.project.start > account.end:
        return
    yield from _before(reading, account)
    if bearer := _bearer(reading, project):
        yield bearer, ((project.start, project.end), "in-name", 0.7)


def _acting(reading: Reading, account: Account) -> Found:
    """Return who is the subject of a clause behind the project: 某项目，甲公司投资，…"""
    text = reading.page.text
    for clause in re.finditer("[，。；：]", text[max(account.start, account.project.end) : account.end]):
        at = max(account.start, account.project.end) + clause.end()
        named = chain_after(reading, at, account.end, *ORGANIZATIONS)
        if named and (does := _DOES.match(text, named[-1].end)):
            for side in named:
                yield side, ((side.start, does.end()), "investor", 0.75)


_DOES = re.compile(rf"(?:负责|联合|共同|拟|将|独家|全额|计划)*(?:{INVESTS})(?=[，。；：0-9]|了)")
# 甲项目、乙项目…：前者由丙出资，后者由丁出资
_OTHER_ONE = (re.compile("后者[^，；。]{0,4}$"), re.compile("前者[^，；。]{0,4}$"))
_DONE_BY = re.compile("是")
_DID = re.compile(rf"(?:出资|牵头)?(?:{INVESTS}|投|建)(?:起来|下来)?的")


def _last_company(reading: Reading, at: int, span: tuple[int, int]) -> Found:
    named = reading.inside(max(0, at - 500), at, "kg:Company")
    if named:
        yield named[-1], (span, "investor", 0.7)


def _paired(reading: Reading, account: Account) -> Found:
    """甲与乙签订某项目, 甲同乙、丙签约某项目和某项目: each with its own, 甲 with both."""
    text, project = reading.page.text, account.project
    first = account.start
    reach = project.end if project.start >= account.start else account.end
    clauses = re.split("(?<=[，。；：])", text[first : account.end])
    at = first
    for clause in clauses:
        start, at = at, at + len(clause)
        if start >= reach + 24 and not account.item:
            return
        groups = paired(reading, start, at)
        if not groups:
            groups = _with_pronoun(reading, account.start, start, at)
        if not groups or not any(s.type not in PLACES for group in groups for s in group):
            continue
        on = groups[-1][-1].end
        verb = _SIGNS.search(text, on, min(account.end, max(at, on + 20)))
        if verb is None and not _SIGNS.search(text, groups[0][-1].end, groups[1][0].start):
            continue
        one, other = groups[0], groups[1]
        if account.beside and len(other) == len(account.beside):
            other = [other[account.index]]
        elif account.beside and len(one) == len(account.beside):
            one = [one[account.index]]
        opened = max(one[0].start, start) if one[0].start < first else one[0].start
        for side in (*one, *other):
            yield side, ((opened, max(side.end, verb.end() if verb else 0)), "cooperation", 0.85)


_PRONOUN = re.compile(
    r"(?:它|其|公司|该公司|集团|企业|双方)?(?:[去今前]年|[0-9]{4}年|[0-9]{1,2}月|[0-9]{1,2}日|上半年|底|初|先后|分别|成功|已|将|则|还|又|也|拟)*[与和同跟](?=[一-龥])"
)


def _with_pronoun(reading: Reading, first: int, start: int, end: int) -> list[list[Mention]]:
    """它与某区政府携手: the body that was named last, and the one named here."""
    text = reading.page.text
    mark = _PRONOUN.match(text, start)
    other = chain_after(reading, mark.end(), end, *SIDES) if mark else []
    before = reading.inside(first, start, *ORGANIZATIONS)
    before = before or [c for c in [last_company(reading, start)] if other and c]
    return [[before[-1]], other] if other and before else []


def _before(reading: Reading, account: Account) -> Found:
    """甲投资3亿元的某项目, 甲的某项目, 甲建设某项目: whose verb or name stands before the project."""
    text, project = reading.page.text, account.project
    if not account.start <= project.start < account.end:
        return
    head = account.beside[0] if account.beside else project
    for body in reversed(reading.inside(account.start, head.start, *SIDES)):
        between = text[body.end : head.start]
        if re.search(r"[。；]", between):
            return
        place = body.type in PLACES
        clause = re.split("[，]", between)
        run = chain_before(reading, account.start, body.end, *SIDES)
        if not place and between in ("", "的", "旗下", "所属", "旗下的", "“"):
            yield from ((s, ((s.start, project.end), "owner", 0.8)) for s in run if s.type not in PLACES)
            return
        if place and between.startswith(("引进", "引入", "签约", "签下", "招引")) and len(clause) < 3:
            yield body, ((body.start, project.end), "cooperation", 0.8)
            return
        if place or _SPEAKS.search(between) or len(clause) > 3:
            continue
        if account.beside and len(run) == len(account.beside):
            run = [run[account.index]]
        if _MADE.match(clause[0]) or (
            clause[0] in ("", "拟", "将") and len(clause) > 1 and _MADE.match(clause[1])
        ):
            drawn = _drawn_by(reading, account.start, run[0])
            for side in [*drawn, *run] if not any(s.type in PLACES for s in run) else [body]:
                yield side, ((side.start, project.end), "investor", 0.75)
            return
        if re.search(rf"^，?(?:拟|将)?在[^，]{{2,24}}(?:{INVESTS})[^，]{{0,14}}的?$", between):
            yield body, ((body.start, project.end), "investor", 0.75)
            return


_DRAWS = re.compile(r"(?:新|又|还|成功|先后|从[^，。；]{2,8})?(?:引进|引入|招引|引来)了?")


def _drawn_by(reading: Reading, start: int, company: Mention) -> list[Mention]:
    """Return the place that drew a company: 龙游县 of 龙游县引进某公司，投资…建设某项目."""
    text = reading.page.text
    places = reading.inside(start, company.start, *PLACES)
    return [p for p in places[-1:] if _DRAWS.fullmatch(text, p.end, company.start)]


def _bearer(reading: Reading, project: Mention) -> Mention | None:
    """Return the company whose own name the project bears: 宏图产业园 of 东莞市宏图家居有限公司."""
    for company in reading.mentions:
        if company.type == "kg:Company" and company.end - company.start > 6:
            own = company.text
            for place in reading.places:
                if company.start == place.start and place.end < company.end:
                    own = company.text[place.end - company.start :]
            own = own.removeprefix("省").removeprefix("市").removeprefix("县")
            if re.match(r"[一-龥]{2}", own) and project.text.startswith(own[:2]) and own[:2] not in _COMMON:
                return company
    return None


_COMMON = frozenset(
    [
        "中国",
        "国家",
        "国际",
        "数字",
        "智能",
        "农业",
        "生物",
        "新能",
        "绿色",
        "现代",
        "高端",
        "食品",
        "冷链",
        "文化",
        "光伏",
        "医药",
    ]
)


def named_beside(reading: Reading, account: Account, where: set[str]) -> Found:
    """Return the bodies of a signing sentence that no verb ties to its project."""
    text, project = reading.page.text, account.project
    before = account.start if account.start <= project.start else project.start
    stop = min(
        [m.start() for m in re.finditer("[。\n]", text[: account.end]) if m.start() >= project.end]
        or [account.end]
    )
    if _SPEAKS.search(text, before, stop):
        return
    bodies = [b for b in narrowest(reading.inside(before, stop, *ORGANIZATIONS)) if b.text not in where]
    if bodies and len(bodies) <= 3 and any(b.type == "kg:Company" for b in bodies):
        for body in bodies:
            yield body, ((min(body.start, project.start), max(body.end, project.end)), "beside", 0.6)


_ITS_OWN = re.compile(
    rf"(?<![一-龥])(?:得知|据悉)?[该本]?(?:公司|集团|企业|酒庄|合作社)(?:[^，。；]{{0,10}}?)(?:{INVESTS}|上马|投向|推进|实施)[^，。；]{{0,14}}$"
)


def topic_of(reading: Reading, account: Account) -> Found:
    """Return the company that 公司 stands for, where it builds the project and no other body is named."""
    text, project = reading.page.text, account.project
    if account.item or not account.start <= project.start < account.end:
        return
    own = _ITS_OWN.search(text, reading.sentence(project.start)[0], project.start)
    company = last_company(reading, own.start()) if own else None
    if own and company and not reading.inside(account.start, account.end, *ORGANIZATIONS):
        yield company, ((own.start(), project.end), "topic", 0.65)
