"""Short phrases that pages of many sites put above or around their content, by what they tell, in many languages.

General knowledge written for this project: no phrase is taken from a page.
"""

from __future__ import annotations

import functools
import re
from typing import Final

_PHRASES: Final[dict[str, str]] = {
    "comments": (
        "comments|comment|leave a reply|leave a comment|reply|replies|post a comment|add comment|responses|"
        "discussion|join the conversation|reader comments|write a comment|kommentare|kommentar|commentaires|"
        "commentaire|comentarios|comentario|comentários|commenti|commento|reacties|комментарии|комментарий|"
        "komentarze|komentarz|σχόλια|σχόλιο|评论|网友评论|发表评论|留言|コメント|댓글|kommentarer|yorumlar"
    ),
    "related": (
        "related|related articles|related stories|related posts|related content|related links|related topics|"
        "see also|you may also|you might also|more from|more stories|more news|more in|more on|read more|"
        "recommended|similar|recommended for|also read|also on|mehr zum|mehr zum thema|lesen sie|auch interessant|"
        "verwandte|sur le|lire aussi|à lire|voir aussi|artículos relacionados|relacionados|noticias relacionadas|"
        "te puede|leia também|veja também|leggi anche|articoli correlati|lees ook|gerelateerd|читайте также|"
        "похожие|по теме|czytaj także|zobacz też|zobacz także|powiązane|διαβάστε επίσης|σχετικά|σχετικά άρθρα|"
        "相关|相关新闻|相关阅读|相关链接|推荐阅读|相关文章|関連|関連記事|관련기사"
    ),
    "popular": (
        "most read|most popular|popular|trending|latest|latest news|recent posts|recent|top stories|most viewed|"
        "most commented|archives|categories|tags|tag cloud|blogroll|featured|headlines|meistgelesen|les plus|"
        "más leídas|lo más|mais lidas|più letti|meest gelezen|популярное|последние новости|najczęściej|najnowsze|"
        "热点|热门|最新|排行|排行榜|热点新闻|图片新闻|精彩图片|人気|ランキング|δημοφιλή|τελευταία νέα"
    ),
    "share": (
        "share|share this|tweet|facebook|twitter|email|e mail|print|like|follow us|follow|save|bookmark|send|"
        "email this|print this|whatsapp|pinterest|linkedin|teilen|drucken|partager|imprimer|compartir|imprimir|"
        "condividi|stampa|delen|поделиться|udostępnij|drukuj|εκτύπωση|分享|分享到|打印|收藏|シェア|공유"
    ),
    "legal": (
        "copyright|all rights|terms of|terms|privacy|privacy policy|disclaimer|legal|impressum|datenschutz|"
        "mentions légales|aviso legal|note legali|все права|wszelkie prawa|版权|版权所有|版权声明|免责声明|"
        "cookie|cookies"
    ),
    "menu": (
        "home|about|about us|contact|contact us|site map|sitemap|search|login|log in|sign in|sign up|register|help|"
        "faq|news|menu|subscribe|rss|feedback|skip to|jump to|text only|top|back to|back|next|previous|startseite|"
        "kontakt|accueil|inicio|contacto|contato|главная|контакты|strona główna|αρχική|επικοινωνία|首页|登录|注册|"
        "联系我们|关于我们|网站地图|ホーム|ログイン|返回|上一页|下一页|上一篇|下一篇"
    ),
    "advert": "advertisement|advertisements|advertising|sponsored|sponsored links|anzeige|publicité|publicidad|pubblicità|advertentie|реклама|reklama|διαφήμιση|广告|ads by|promoted",  # noqa: E501
    "byline": (
        "by|posted|posted by|posted on|published|updated|last updated|last modified|written by|source|von|par|por|di|"
        "door|автор|autor|auteur|πηγή|来源|作者|编辑|记者|責任編集|责任编辑|submitted by|author|date|photo|image|credit"
    ),
    "newsletter": (
        "newsletter|sign up for|subscribe to|get the|stay up|join our|get our|abonnieren|abonnez|suscríbete|订阅"
    ),
}  # fmt: skip
KINDS: Final[tuple[str, ...]] = tuple(_PHRASES)
_KIND_OF: Final[dict[str, int]] = {
    phrase: number for number, phrases in enumerate(_PHRASES.values()) for phrase in phrases.split("|")
}
_WORDS: Final = re.compile(r"[^\W\d_]+")


@functools.lru_cache(maxsize=16384)
def kind_of(text: str) -> int:
    """What a short text tells, as a place in :data:`KINDS`; -1 where nothing.

    >>> KINDS[kind_of("23 Comments")], KINDS[kind_of("Related articles:")], kind_of("Bees")
    ('comments', 'related', -1)
    """
    words = _WORDS.findall(text.casefold())[:5]
    for size in range(min(3, len(words)), 0, -1):
        found = _KIND_OF.get(" ".join(words[:size]))
        if found is not None and (size > 1 or len(words) <= 3):
            return found
    return -1
