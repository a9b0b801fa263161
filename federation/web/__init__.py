"""
The hall on the web: pages for delegates, desks and the screen, over the services that exist.

    app        the application: its routes, and the refusal to start without knowing whom each is for
    access     whom a route is for
    site       what a request stands on: database, clock, the queue of casts
    pages      Jinja2, and the faces that a page needs and a device may lack
    headers    what every answer carries: the policy of its content, no caching, no referrer
    forgery    a request that another site made is refused
    limits     how large a request may be, and how long it may take
    boundary   every refusal and every fault as a page in Chinese
    statics    style sheets and scripts; faces serves parts of a type face
    serving    the server's process: ports, certificates, workers

One noun, one file beside its services: ballots, checks, …
"""
