"""Looking at pages as somebody."""


def sign_in(client, post) -> None:
    """The client acts as this post from now on."""
    client.force_login(post.person, backend="waymark.web.signin.Backend")
    session = client.session
    session["post"] = post.pk
    session.save()
