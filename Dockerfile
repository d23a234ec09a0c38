# The app with its locked packages, and nothing that built them. Python is the version that the tests run on.
FROM python:3.11-slim-bookworm AS build
WORKDIR /src
COPY requirements/build.txt requirements/run.txt requirements/
RUN python -m pip install --no-cache-dir --require-hashes -r requirements/build.txt
RUN python -m venv --without-pip /opt/value-loop
RUN python -m pip --python /opt/value-loop/bin/python install --no-cache-dir --require-hashes -r requirements/run.txt
COPY pyproject.toml README.md LICENSE ./
COPY assistant assistant
COPY knowledge knowledge
COPY prompts prompts
RUN python -m pip wheel --no-cache-dir --no-deps --no-build-isolation --wheel-dir /wheels .
RUN python -m pip --python /opt/value-loop/bin/python install --no-cache-dir --no-deps --no-index /wheels/*.whl

FROM python:3.11-slim-bookworm
RUN useradd --system --uid 10001 --user-group --home-dir /var/lib/value-loop value-loop \
    && install -d -m 700 -o value-loop -g value-loop \
        /var/lib/value-loop /var/lib/value-loop-key /var/lib/chroma /backups/words /backups/keys
COPY --from=build /opt/value-loop /opt/value-loop
ENV PATH=/opt/value-loop/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    VALUE_LOOP_HOME=/var/lib/value-loop \
    VALUE_LOOP_HOST=0.0.0.0
WORKDIR /var/lib/value-loop
USER 10001:10001
EXPOSE 7860
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s \
    CMD ["python", "-c", "import urllib.request as u; u.urlopen('http://127.0.0.1:7860/healthz', timeout=4)"]
CMD ["value-loop", "serve"]
