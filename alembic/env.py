"""Run the migrations on the connection that the program hands over; there is no configuration file to keep in step."""

from alembic import context

from federation.models import Base

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=Base.metadata)
context.run_migrations()
