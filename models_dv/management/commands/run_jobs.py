"""The worker for long work; bin/run keeps one beside the server. It sends the mail that waits, too."""

import itertools
import logging
import threading

from django.core.management.base import BaseCommand
from django.db import Error, close_old_connections, connection
from django_tasks_db.management.commands.db_worker import Worker

from models_dv import clock
from models_dv.domain import daily, jobs, mail_queue
from models_dv.domain.patience import patiently

logger = logging.getLogger(__name__)

SECONDS_BETWEEN_BEATS = 5
#: After the database was locked or away while the queue was looked at.
SECONDS_OF_REST = 2
SECONDS_BETWEEN_POSTS = 10
#: Every five minutes it is asked whether some work of the day is left.
POSTS_BETWEEN_DAILY_WORK = 30


class JobWorker(Worker):
    """Takes one order after another. Asked to end, it puts the job in hand back into the queue."""

    def __init__(self, *, name: str, interval: float = 1.0, batch: bool = False):
        """``name``: of :func:`jobs.worker_name`; ``interval``: seconds between two looks at the queue;
        ``batch``: ends when nothing waits."""
        super().__init__(
            queue_names=["*"],
            excluded_queue_names=[],
            interval=interval,
            batch=batch,
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id=name[-64:],
        )

    def run(self):
        """Go on until told to end, also when the queue itself cannot be read or written for a while.

        What waits is ordered again each time: an order may have been lost in what went wrong.
        """
        while True:
            try:
                jobs.order_again()
                super().run()
            except Error as error:
                logger.warning("the queue of work cannot be read or written, trying again: %s", error)
                connection.close()
            else:
                return
            if jobs.stopping.wait(SECONDS_OF_REST):
                return

    def shutdown(self, signum, frame):
        """End within a second when idle, else at the job's next report. Never in the middle of a statement."""
        jobs.stopping.set()
        self.running = False


class Command(BaseCommand):
    help = "Chạy các việc nền (nhập, xuất Excel …), nhắc hạn và gửi thư cho đến khi được dừng."

    def add_arguments(self, parser):
        """How often to look, and whether to end when nothing is left."""
        parser.add_argument("--interval", type=float, default=1.0, help="Số giây giữa hai lần xem hàng đợi.")
        parser.add_argument("--batch", action="store_true", help="Hết việc thì kết thúc.")

    def handle(self, *, interval, batch, **options):
        """Run until told to end."""
        name = jobs.worker_name()
        patiently(lambda: jobs.mark_abandoned(restarted=name))
        worker = JobWorker(name=name, interval=interval, batch=batch)
        worker.configure_signals()
        threading.Thread(target=keep_beating, name="beat", daemon=True).start()
        if not batch:
            threading.Thread(target=keep_posting, name="post", daemon=True).start()
        worker.run()


def keep_beating() -> None:
    """Say again and again that the worker lives, on a connection of its own; mark what others left behind."""
    while True:
        try:
            jobs.beat()
            jobs.mark_abandoned()
        except Error:
            connection.close()
        if jobs.stopping.wait(SECONDS_BETWEEN_BEATS):
            return


def keep_posting() -> None:
    """Do the day's work and send mail, again and again, on a connection of its own: a mail server that is
    slow holds up nothing else. ``manage.py send_mail_queue`` does one round."""
    for number in itertools.count():
        if jobs.stopping.wait(SECONDS_BETWEEN_POSTS):
            return
        close_old_connections()
        try:
            if number % POSTS_BETWEEN_DAILY_WORK == 0:
                daily.do_todays(clock.now())
            mail_queue.send_due()
        except Error:
            connection.close()
        except Exception:  # nothing that goes wrong once may end the sending
            logger.exception("the day's work or the mail failed")
