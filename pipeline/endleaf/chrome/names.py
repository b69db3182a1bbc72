"""What authors call the parts of their pages: words of class, id and role attributes, by what they tell."""

from __future__ import annotations

import functools
import re
from typing import Final

_WORDS: Final[dict[str, str]] = {
    "content": "content contents contenido inhalt contenu maincontent pagecontent bodycontent cnt contentbody",
    "main": "main primary center centre middle central maincol maincolumn principal",
    "article": "article articlebody articletext articlecontent story storybody storytext news newsbody artikel",
    "post": "post entry postbody postcontent entrycontent hentry blog blogpost posting topic",
    "text": "text body txt textbody bodytext copy prose paragraph rte richtext markdown wysiwyg description desc",
    "detail": "detail details single view show product item spec specs specification overview summary",
    "title": "title headline heading header1 subject subtitle hd ttl",
    "nav": "nav navi navigation navbar navigationbar topnav mainnav subnav leftnav sitenav menubar nv",
    "menu": "menu menus submenu mainmenu topmenu dropdown tabs tab tabbar megamenu hamburger",
    "crumb": "breadcrumb breadcrumbs crumb crumbs pathway bread trail position location weizhi",
    "header": "header head masthead top topbar banner branding hdr logo brand toolbar",
    "footer": "footer foot bottom colophon ftr btm footnav subfooter",
    "copyright": "copyright copy-right legal disclaimer terms privacy copyrights imprint impressum",
    "side": "sidebar side aside left right rail leftcol rightcol leftcolumn rightcolumn secondary tertiary sider",
    "widget": "widget widgets module portlet box block gadget panel card teaser tile",
    "related": "related relate similar recommended recommend recommendation more readmore seealso also xiangguan",
    "popular": "popular trending hot top10 toplist ranking rank most mostread mostpopular latest recent",
    "comment": "comment comments respond reply replies discuss discussion disqus commentlist pinglun feedback",
    "share": "share sharing social socials facebook twitter addthis sharethis bookmark bookmarks follow like email",
    "advert": (
        "ad ads adv advert advertisement advertising sponsor sponsored promo promotion adsense dfp banner-ad googlead "
        "adbox adsbox guanggao werbung publicidad pub"
    ),
    "meta": "meta info byline author date time timestamp posted published dateline credit source infos",
    "tag": "tag tags category categories keywords taxonomy label labels cat topics",
    "form": "form search login signin signup subscribe newsletter register searchbox searchform input poll vote",
    "pager": "pager pagination paginate page-numbers paging pagenav prev next previous older newer",
    "tool": "tool tools print printer utility utilities util utils action actions button buttons btn controls skip",
    "list": "list lists listing items index results archive archives grid row feed directory",
    "caption": "caption captions image img photo photos picture figure thumb thumbnail gallery media video slide",
    "quote": "quote blockquote pullquote cite note notes footnote footnotes references reference",
    "table": "table data datatable infobox spec-table",
    "hidden": "hidden hide invisible sr-only screenreader screen-reader visuallyhidden offscreen none modal popup",
    "notice": "cookie cookies consent gdpr alert notification overlay warning notice announcement",
    "forum": "forum thread message messages messagetext postrow postmessage posttext msg reply-body bbs topicbody",
    "wrap": "wrap wrapper container page outer inner layout site holder region area col column",
    "toc": "toc outline contentslist tableofcontents onthispage jump",
    "profile": "profile user avatar member username userinfo bio about authorbox",
    "price": "price cart buy basket shop shipping wishlist stock order review reviews rating ratings stars",
}
KINDS: Final[tuple[str, ...]] = tuple(_WORDS)
_KIND_OF: Final[dict[str, int]] = {
    word: 1 << number for number, words in enumerate(_WORDS.values()) for word in words.split()
}
# camelCase, snake_case, kebab-case and digits part the words of a name.
PARTS: Final = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+")


@functools.lru_cache(maxsize=16384)
def marks(names: str) -> int:
    """The kinds that a class, id or role string tells of, as bits by place in :data:`KINDS`.

    >>> [KINDS[k] for k in range(len(KINDS)) if marks("mainNav-item footer2") >> k & 1]
    ['main', 'detail', 'nav', 'footer']
    """
    found = 0
    for name in names.split()[:20]:
        found |= _told_by(name[:60])
    return found


@functools.lru_cache(maxsize=16384)
def _told_by(name: str) -> int:
    whole = _KIND_OF.get(name.lower())
    if whole is not None:
        return whole
    found = 0
    for part in PARTS.findall(name):
        found |= _KIND_OF.get(part.lower(), 0)
    return found
