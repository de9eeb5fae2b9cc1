"""Measures (chỉ tiêu báo cáo): named figures that return what is behind them."""
