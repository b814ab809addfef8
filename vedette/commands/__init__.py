"""One short function for each verb. The command line is a door to these; nothing is decided there."""

from vedette.commands.briefing import brief as brief
from vedette.commands.cases import check as check
from vedette.commands.cases import credits_of as credits_of
from vedette.commands.cases import new as new
from vedette.commands.events import aggregate as aggregate
from vedette.commands.events import fetch as fetch
from vedette.commands.events import load as load
from vedette.commands.events import summary as summary
from vedette.commands.fitting import fit_panel as fit_panel
from vedette.commands.fitting import sample_panel as sample_panel
from vedette.commands.forecasting import forecast as forecast
from vedette.commands.forecasting import forecast_panel as forecast_panel
from vedette.commands.forecasting import write_draws as write_draws
from vedette.commands.forecasting import write_views as write_views
from vedette.commands.known import DRAWS as DRAWS
from vedette.commands.known import SEED as SEED
from vedette.commands.known import Report as Report
from vedette.commands.known import read_panel as read_panel
from vedette.commands.registering import issue_forecast as issue_forecast
from vedette.commands.registering import registered as registered
from vedette.commands.registering import score_registered as score_registered
from vedette.commands.scoring import score as score
from vedette.commands.scoring import score_files as score_files
from vedette.commands.scoring import write_record_page as write_record_page
from vedette.commands.scoring import write_scores as write_scores
