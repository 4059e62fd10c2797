"""The load of `cargo xtask bench load`, with Locust: everybody who is signed in comes once within the time.

PEOPLE names the file of `bench_load prepare`. A member opens the page of an item and saves progress; a secretary
opens the sheet of a meeting and says that all were there.
"""

import os
import re
import threading

import gevent
from locust import FastHttpUser, constant, events, task
from locust.exception import StopUser

with open(os.environ["PEOPLE"], encoding="utf-8") as file:
    WAITING = [line.split() for line in file if line.strip()]
WAITING.reverse()
LOCK = threading.Lock()
CSRF = re.compile(r'name="csrf" value="([^"]+)"')
WAS = re.compile(r'name="(w-[^"]+)" value="([^"]*)"')


class Person(FastHttpUser):
    wait_time = constant(0)
    network_timeout = 60.0
    connection_timeout = 60.0

    @task
    def once(self):
        with LOCK:
            if not WAITING:
                raise StopUser()
            who, cookie, *what = WAITING.pop()
        self.headers = {"Cookie": f"nenep={cookie}", "Accept-Encoding": "gzip"}
        if who == "member":
            self.member(*what)
        else:
            self.secretary(*what)
        # Who has come stays: Locust would send somebody else in their place at once.
        gevent.sleep(3600)

    def opened(self, path, name):
        page = self.client.get(path, headers=self.headers, name=name)
        found = CSRF.search(page.text or "")
        if not found:
            raise StopUser()
        return page.text, found.group(1)

    def sent(self, path, name, **how):
        with self.client.post(path, headers=self.headers, name=name, allow_redirects=False, catch_response=True, **how) as answer:
            if answer.status_code == 303:
                answer.success()
            else:
                answer.failure(f"status {answer.status_code}")

    def member(self, item):
        path = f"/me/commitment/item/{item}"
        _, csrf = self.opened(path, "progress: page")
        # An upload without a file, as the form sends it.
        mark = "nenep-load"
        part = lambda name, value: f'--{mark}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        body = part("csrf", csrf) + part("text", f"Quý này đã có ý kiến {item}") + f"--{mark}--\r\n"
        self.headers = {**self.headers, "Content-Type": f"multipart/form-data; boundary={mark}"}
        self.sent(path, "progress: save", data=body.encode())

    def secretary(self, unit, activity):
        path = f"/unit/{unit}/activity/{activity}/attendance"
        page, csrf = self.opened(path + "?by=person", "attendance: page")
        fields = dict(WAS.findall(page))
        self.sent(path, "attendance: save", data={"csrf": csrf, "rest": "present", **fields})


@events.test_stop.add_listener
def told(environment, **_):
    stats = environment.stats
    total = stats.total
    print(f"left {len(WAITING)}")
    print(f"requests {total.num_requests}")
    print(f"failures {total.num_failures}")
    for entry in [*stats.entries.values(), total]:
        name = entry.name.replace(" ", "-") if entry is not total else "all"
        print(f"p50 {name} {entry.get_response_time_percentile(0.5)}")
        print(f"p99 {name} {entry.get_response_time_percentile(0.99)}")
        print(f"max {name} {entry.max_response_time}")
