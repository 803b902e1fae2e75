"""The web application of the fault benchmark in Python: reads a row, and writes one in a transaction.

Called with the pool, host, port, database, account, password and the lifetime of a connection in seconds.
Tells where it listens, and ends with its standard input.
"""
import os
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import parse_qs
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer

SIZE = 8
PATIENCE_SECONDS = 30
CONNECT_SECONDS = 5
ANSWER_SECONDS = 30

pool, host, port, database, user, password, lifetime = sys.argv[1:]

READ = "SELECT COUNT(*) FROM line WHERE id = %s"
WRITE = "INSERT INTO line (id, held) VALUES (%s, SLEEP(%s))"


def sqlalchemy(**recipe):
    from sqlalchemy import create_engine
    from sqlalchemy.engine import URL

    engine = create_engine(
        URL.create("mysql+mysqldb", user, password, host, int(port), database),
        pool_size=SIZE,
        max_overflow=0,
        pool_timeout=PATIENCE_SECONDS,
        connect_args={
            "connect_timeout": CONNECT_SECONDS,
            "read_timeout": ANSWER_SECONDS,
            "write_timeout": ANSWER_SECONDS,
        },
        **recipe,
    )

    def read(id):
        with engine.connect() as connection:
            return connection.exec_driver_sql(READ, (id,)).scalar()

    def write(id, hold):
        with engine.begin() as connection:
            connection.exec_driver_sql(WRITE, (id, hold))

    return read, write


def django(**settings):
    from django.conf import settings as all_settings

    all_settings.configure(
        DATABASES={
            "default": {
                "ENGINE": "django.db.backends.mysql",
                "HOST": host,
                "PORT": port,
                "NAME": database,
                "USER": user,
                "PASSWORD": password,
                "OPTIONS": {
                    "connect_timeout": CONNECT_SECONDS,
                    "read_timeout": ANSWER_SECONDS,
                    "write_timeout": ANSWER_SECONDS,
                },
                **settings,
            }
        }
    )
    import django as framework

    framework.setup()
    from django.core import signals
    from django.db import connection, transaction

    def within_request(work):
        def run(*arguments):
            signals.request_started.send(sender=None, environ={})
            try:
                with connection.cursor() as cursor:
                    return work(cursor, *arguments)
            finally:
                signals.request_finished.send(sender=None)

        return run

    @within_request
    def read(cursor, id):
        cursor.execute(READ, (id,))
        return cursor.fetchone()[0]

    @within_request
    def write(cursor, id, hold):
        with transaction.atomic():
            cursor.execute(WRITE, (id, hold))

    return read, write


read, write = {
    "pre-ping": lambda: sqlalchemy(pool_pre_ping=True),
    "recycle": lambda: sqlalchemy(pool_recycle=int(lifetime)),
    "django": lambda: django(CONN_MAX_AGE=int(lifetime), CONN_HEALTH_CHECKS=True),
}[pool]()


def application(environ, start_response):
    parameters = {name: values[0] for name, values in parse_qs(environ["QUERY_STRING"]).items()}
    try:
        if environ["PATH_INFO"] == "/read":
            answer = str(read(int(parameters["id"])))
        else:
            write(int(parameters["id"]), float(parameters["hold"]))
            answer = "written"
        status = "200 OK"
    except Exception as error:  # as frameworks do
        status, answer = "500 Internal Server Error", f"{type(error).__name__}: {error}"
        print(answer.replace("\n", " "), file=sys.stderr, flush=True)
    body = answer.encode()
    start_response(status, [("Content-Type", "text/plain"), ("Content-Length", str(len(body)))])
    return [body]


class Handler(WSGIRequestHandler):
    def log_message(self, *_):
        pass


class Server(WSGIServer):
    """Has as many threads as connections, which is how many requests are served at a time."""

    request_queue_size = 1024
    workers = ThreadPoolExecutor(SIZE)

    def process_request(self, request, client_address):
        self.workers.submit(self.serve, request, client_address)

    def serve(self, request, client_address):
        try:
            self.finish_request(request, client_address)
        finally:
            self.shutdown_request(request)


server = Server(("127.0.0.1", 0), Handler)
server.set_app(application)
threading.Thread(target=server.serve_forever, daemon=True).start()
print(f"Listening {server.server_port}", flush=True)
sys.stdin.read()
os._exit(0)
